import { type PlannedDeployment, POOLS_WAVE, type ReleasePlan } from '../plan/release-plan';
import { ReleaseInputError, ReleaseStateError, UnknownReleaseError } from '../release-error';
import { gatedWaves } from '../run/planned-waves';
import type { Version } from '../version/version';

/** What is to go back, and where to. */
export interface RollbackRequest {
  readonly target: 'tenant' | 'wave' | 'all';
  /** The deployment, or the wave. @default all of them */
  readonly id?: string | undefined;
  /** A commit or the beginning of one. @default the release before the one that each has now */
  readonly to?: string | undefined;
}

export interface RollbackInput {
  readonly request: RollbackRequest;
  /** Of the newest release: its waves and their gates. */
  readonly plan: ReleasePlan;
  /** What each deployment's stack holds now. */
  readonly current: readonly Version[];
  /** The versions of the deployments that are asked for, the newest first. */
  readonly versions: ReadonlyMap<string, readonly Version[]>;
}

export interface RollbackChange {
  readonly deploymentId: string;
  readonly wave: string;
  readonly from: string;
  readonly to: string;
}

export interface PlannedRollback {
  /** What the wave machine carries out: the waves that hold a change, in the order of a release. */
  readonly plan: ReleasePlan;
  readonly changes: readonly RollbackChange[];
  readonly kept: readonly { readonly deploymentId: string; readonly reason: string }[];
}

/**
 * The deployments that a rollback is about. Those of tenants that leave, and stacks that are gone, are not.
 * @throws UnknownReleaseError naming what there is
 */
export function rollbackMembers(
  { target, id }: RollbackRequest,
  plan: ReleasePlan,
  current: readonly Version[],
): readonly Version[] {
  const leaving = new Set(plan.removals.map(({ deploymentId }) => deploymentId));
  const there = current.filter(
    ({ deploymentId, result }) => result !== 'deleted' && !leaving.has(deploymentId),
  );
  if (target === 'all') return there;
  const waves = placesOf(plan, there);
  const members = there.filter(({ deploymentId }) =>
    target === 'tenant' ? deploymentId === id : waves.get(deploymentId) === id,
  );
  if (members.length > 0) return members;
  const known = target === 'tenant' ? there.map(({ deploymentId }) => deploymentId) : [...waves.values()];
  throw new UnknownReleaseError(
    `no ${target === 'tenant' ? 'deployment' : 'wave with deployments'} "${id ?? ''}" has a version; there is ${[...new Set(known)].slice(0, 20).join(', ') || 'none'}`,
  );
}

/**
 * A rollback as a plan of its own: each member with the template and the parameters that it had, in the waves of a
 * release and behind their gates. Pure.
 * @throws UnknownReleaseError, ReleaseInputError for a `to` that means several releases, ReleaseStateError when
 *   nothing would change
 */
export function planRollback({ request, plan, current, versions }: RollbackInput): PlannedRollback {
  const members = rollbackMembers(request, plan, current);
  const places = placesOf(plan, current);
  const changes: (RollbackChange & { readonly target: Version })[] = [];
  const kept: { deploymentId: string; reason: string }[] = [];
  for (const member of members) {
    const { deploymentId, release } = member;
    const target = versionToTake(member, versions.get(deploymentId) ?? [], request.to);
    if (typeof target === 'string') kept.push({ deploymentId, reason: target });
    else
      changes.push({
        deploymentId,
        wave: places.get(deploymentId) ?? member.wave,
        from: release,
        to: target.release,
        target,
      });
  }
  if (changes.length === 0)
    throw new ReleaseStateError(
      `nothing to roll back: ${kept
        .slice(0, 10)
        .map((each) => `"${each.deploymentId}" ${each.reason}`)
        .join('; ')}`,
    );
  const gates = [...gatedWaves(plan)];
  const last = gates.at(-1) ?? DEFAULT_GATE;
  const names = [...new Set([...gates.map(({ name }) => name), ...changes.map(({ wave }) => wave)])];
  const waves = names
    .map((name) => ({
      ...(gates.find((gate) => gate.name === name) ?? { ...last, name }),
      deployments: changes.filter(({ wave }) => wave === name).map(({ target }) => deploymentOf(target)),
    }))
    .filter(({ deployments }) => deployments.length > 0)
    .map(({ distributed: _, ...wave }, index) => ({ ...wave, index, tolerate: 0, approval: false }));
  return {
    plan: {
      application: plan.application,
      engine: 'distributed',
      purpose: 'rollback',
      pools: [],
      waves,
      removals: [],
    },
    changes: changes.map(({ target: _, ...change }) => change),
    kept,
  };
}

/** Gates of a deployment that stands in no wave, where the plan has none at all. */
const DEFAULT_GATE = {
  name: POOLS_WAVE,
  index: 0,
  bakeMinutes: 15,
  minimumSamples: 0,
  tolerate: 0,
  parallelism: 10,
  alarms: { onRed: 'halt', insufficientData: 'ignore', blockEntry: true },
  deployments: [],
  distributed: true,
} as const;

/** Where each deployment stands: by the plan, else where it was deployed last. */
function placesOf(plan: ReleasePlan, current: readonly Version[]): ReadonlyMap<string, string> {
  const planned = gatedWaves(plan).flatMap(({ name, deployments }) =>
    deployments.map(({ deploymentId }): [string, string] => [deploymentId, name]),
  );
  return new Map([
    ...current.map(({ deploymentId, wave }): [string, string] => [deploymentId, wave]),
    ...planned,
  ]);
}

/** The version, or why there is none. @param versions the newest first */
function versionToTake(
  { release }: Version,
  versions: readonly Version[],
  to: string | undefined,
): Version | string {
  const good = versions.filter(({ result }) => result === 'succeeded' || result === 'rolled-back');
  if (to === undefined) {
    // Before it first had what it has: a second rollback goes further back, not forward again.
    const first = good.findLastIndex((version) => version.release === release);
    const before = good.slice(first + 1);
    return before.find((version) => version.release !== release) ?? 'has no earlier version';
  }
  const matching = good.filter((version) => version.release.startsWith(to));
  const releases = new Set(matching.map((version) => version.release));
  if (releases.size > 1)
    throw new ReleaseInputError(`"${to}" means ${releases.size} releases: ${[...releases].join(', ')}`);
  const [newest] = matching;
  if (!newest) return `never had release "${to}"`;
  return newest.release === release ? `runs ${release} already` : newest;
}

function deploymentOf({
  deploymentId,
  kind,
  account,
  region,
  stackName,
  templateDigest,
  parameters,
  release,
  tenant,
}: Version): PlannedDeployment {
  const place = { deploymentId, kind, account, region, stackName };
  return { ...place, templateDigest, parameters, release, ...(tenant ? { tenant } : {}) };
}
