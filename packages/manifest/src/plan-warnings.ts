import type { Manifest } from './manifest';
import type { RolloutPlan } from './rollout';
import { tiersOf } from './tiers';

/** What is allowed and probably not meant, a sentence each. */
export function planWarnings(manifest: Manifest, plan: Omit<RolloutPlan, 'warnings'>): readonly string[] {
  return [
    ...plan.waves.flatMap(({ name, tenants, skip }) =>
      skip
        ? [`wave "${name}" is skipped (${skip.reason}): its ${tenants.length} tenants keep what they run`]
        : [],
    ),
    ...plan.waves
      .filter(({ empty }) => empty)
      .map(({ name }) => `wave "${name}" is empty: nothing tries the release there before the next wave`),
    ...plan.held.map(
      ({ id, tenant }) => `tenant "${id}" is held at version ${tenant.version}: this release passes it by`,
    ),
    ...plan.offboarding.map(
      ({ id, stackName }) =>
        `tenant "${id}" is offboarding: this release passes it by, and its stack ${stackName} goes once its data is purged`,
    ),
    ...shardWarnings(manifest),
    ...isolationWarnings(manifest),
    ...(plan.engine === 'pipeline'
      ? plan.waves
          .filter(({ tolerate }) => tolerate > 0)
          .map(({ name }) => `wave "${name}" tolerates failures: the pipeline engine stops at the first one`)
      : []),
  ];
}

/** A row's partition is its id's hash modulo the shards: two numbers, two places. */
function shardWarnings(manifest: Manifest): readonly string[] {
  const [first, ...others] = tiersOf(manifest, 'pool');
  const odd = others.find(({ shards }) => shards !== first?.shards);
  return first && odd
    ? [
        `tiers "${first.name}" and "${odd.name}" differ in shards: a tenant that changes between them loses sight of its rows until they are copied`,
      ]
    : [];
}

/** The mode of a function is set when it is made. */
function isolationWarnings(manifest: Manifest): readonly string[] {
  return tiersOf(manifest)
    .filter(({ tenantIsolation }) => tenantIsolation === 'per-tenant')
    .map(
      ({ name }) =>
        `tier "${name}" keeps tenants in environments of their own: the release that switches this on or off replaces the functions at once, without a canary`,
    );
}
