import type { Answer } from './answer';
import { type Attempt, judge, make } from './attempt';
import { canaryOf, TENANT_CANARIES } from './field/canary';

const answer = (ok: boolean, status: number, text = ''): Answer => ({ ok, status, place: 'handler', text });
const attempt = (expected: Attempt['expected'], given: Answer): Attempt => ({
  kind: 'kind',
  name: 'name',
  expected,
  tenantId: 'acorn',
  run: async () => given,
});

test.each([
  ['a success where a refusal was due', 'refused', answer(true, 200), 'leaked'],
  ['a refusal where one was due', 'refused', answer(false, 403), 'refused'],
  ["another tenant's data in a refusal", 'refused', answer(false, 403, canaryOf('acorn-east')), 'leaked'],
  ["another tenant's data in a success", 'served', answer(true, 200, canaryOf('birch')), 'leaked'],
  ["data of the caller's own", 'served', answer(true, 200, canaryOf('acorn')), 'served'],
  ['a fault where a refusal was due', 'refused', answer(false, 500), 'fault'],
  ['no answer', 'harmless', answer(false, 0), 'fault'],
  ['a control that is refused', 'served', answer(false, 404), 'unserved'],
  ['a harmless success', 'harmless', answer(true, 200), 'served'],
  ['a harmless refusal', 'harmless', answer(false, 400), 'refused'],
] as const)('%s, when %s was expected', (_what, expected, given, verdict) => {
  expect(judge(attempt(expected, given), given, TENANT_CANARIES).verdict).toBe(verdict);
});

test('every attempt is made once, whatever the concurrency', async () => {
  const attempts = Array.from({ length: 20 }, () => attempt('refused', answer(false, 403)));
  expect(await make(attempts, TENANT_CANARIES, 7)).toHaveLength(20);
});

test('an attempt that comes after another one is made after it, one at a time', async () => {
  const order: string[] = [];
  const noting = (name: string): Attempt => ({
    ...attempt('harmless', answer(true, 200)),
    run: async () => {
      order.push(`begin ${name}`);
      await Promise.resolve();
      order.push(`end ${name}`);
      return answer(true, 200);
    },
  });
  await make([noting('a'), noting('b')], TENANT_CANARIES, 1);
  expect(order).toEqual(['begin a', 'end a', 'begin b', 'end b']);
});
