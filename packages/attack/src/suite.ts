import { type Attempt, type Finding, make } from './attempt';
import { Deactivation } from './classes/deactivated';
import { dynamodbAttempts } from './classes/direct-dynamodb';
import { serviceAttempts } from './classes/direct-services';
import { Exhaustion } from './classes/exhaustion';
import { RandomRequests } from './classes/random';
import { routeAttempts } from './classes/routes';
import { selfEditAttempts } from './classes/self-edit';
import { serviceRoleAttempts } from './classes/service-roles';
import { smugglingAttempts } from './classes/smuggling';
import { tenantIdAttempts } from './classes/tenant-ids';
import { tokenAttempts } from './classes/tokens';
import { TENANT_CANARIES } from './field/canary';
import { expiredTokens } from './field/expired-tokens';
import type { Field } from './field/field';
import { damages, readRows } from './field/integrity';

export interface SuiteOptions {
  /** Of the random requests. */
  readonly seed: number;
  /** How many random requests. @default 10 000 */
  readonly requests?: number;
  /** Told of each part as it begins. @default nobody */
  readonly onStep?: (line: string) => void;
}

const CONCURRENCY = 8;

/** Makes every attempt of the suite. Whatever was damaged in the end is a finding of its own. */
export async function attack(field: Field, options: SuiteOptions): Promise<Finding[]> {
  const { seed, requests = 10_000, onStep = () => undefined } = options;
  const findings: Finding[] = [];
  const run = async (
    what: string,
    attempts: Iterable<Attempt> | AsyncIterable<Attempt>,
    concurrency = CONCURRENCY,
  ) => {
    onStep(what);
    findings.push(...(await make(attempts, TENANT_CANARIES, concurrency)));
  };
  const before = await readRows(field);
  await run('every route, role and id', routeAttempts(field));
  await run('tokens', await tokenAttempts(field, await expiredTokens(field)));
  await run('claims', selfEditAttempts(field));
  await run('credentials at DynamoDB', dynamodbAttempts(field));
  await run('credentials at other services', serviceAttempts(field));
  await run('execution roles', await serviceRoleAttempts(field));
  await run('tenant ids', await tenantIdAttempts(field));
  await run('smuggling', await smugglingAttempts(field));
  // One at a time: who is refused depends on what was asked before.
  await run('quota', new Exhaustion(field).attempts(), 1);
  const deactivation = new Deactivation(field);
  try {
    // One at a time: each attempt is before or after the deactivation.
    await run('deactivation', deactivation.begin(), 1);
    await run(
      `${requests} random requests`,
      new RandomRequests(deactivation.remaining, seed).attempts(requests),
    );
    await run('after the deactivation', deactivation.end(), 1);
  } finally {
    await deactivation.restore();
  }
  onStep("the rows' integrity");
  return [...findings, ...integrity(damages(before, await readRows(field)))];
}

function integrity(found: readonly string[]): Finding[] {
  const kind = 'the rows as root finds them in the end';
  const place = 'other' as const;
  if (found.length === 0)
    return [
      {
        kind,
        name: 'nothing is damaged',
        verdict: 'served',
        answer: { ok: true, status: 200, place, text: '' },
      },
    ];
  return found.map((name) => ({
    kind,
    name,
    verdict: 'leaked',
    answer: { ok: true, status: 200, place, text: '' },
  }));
}
