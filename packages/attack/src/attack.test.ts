import { join } from 'node:path';
import { type AttackCloud, startAttackCloud } from './attack-cloud';
import { type RunResult, runAttack } from './run-attack';

jest.setTimeout(900_000);

/** As many random requests as `npm run attack` makes; fewer by this setting while one works on the suite. */
const REQUESTS = Number(process.env.GRANARY_ATTACK_REQUESTS || 10_000);

describe('the released project, attacked by its own tenants', () => {
  let cloud: AttackCloud;
  let result: RunResult;

  beforeAll(async () => {
    const quiet = { onStep: () => undefined };
    cloud = await startAttackCloud({ projectFolder: join(__dirname, '..', '..', '..'), ...quiet });
    result = await runAttack(cloud, { seed: 1, requests: REQUESTS, mutations: true, ...quiet });
  });

  afterAll(() => cloud?.close());

  test('leaks nothing, breaks nowhere and serves its own', () => {
    expect(result.report.findings).toEqual([]);
  });

  test('is attacked in every way', () => {
    expect(result.report.rows.length).toBeGreaterThanOrEqual(10);
    for (const { attempts } of result.report.rows) expect(attempts).toBeGreaterThan(0);
  });

  test('writes no secret anywhere', () => {
    expect(result.report.sideways.spills).toEqual([]);
    expect(Object.keys(result.report.sideways.searched)).toEqual(
      expect.arrayContaining(['answers', 'files', 'logs', 'stacks', 'histories']),
    );
  });

  test('is seen to leak as soon as a defence is switched off', () => {
    expect(result.report.mutations.filter(({ ok }) => !ok)).toEqual([]);
    expect(result.report.mutations.length).toBeGreaterThan(20);
  });
});
