import type { DeployOrder } from '../deployer/deploy-order';
import { REMOVALS_WAVE } from '../deployer/wave-orders';
import {
  changesByHand,
  listedStacksSchema,
  type Orphan,
  orphansIn,
  placesOf,
  seenStackSchema,
} from '../inspector/inspection';
import type { ReleasePlan } from '../plan/release-plan';
import { ReleaseStateError, UnknownReleaseError } from '../release-error';
import type { ReleaseTable } from '../release-table/release-table';
import type { Runs } from '../run/runs';
import { currentVersion, currentVersions } from '../version/versions';

export interface StackDependencies {
  readonly table: Pick<ReleaseTable, 'get' | 'list'>;
  readonly runs: Runs;
  readonly readPlan: (release: string) => Promise<ReleasePlan>;
  /** Asks the inspector: the one function that looks into the cells' accounts. */
  readonly askInspector: (request: object) => Promise<unknown>;
  /** Carries one order out. */
  readonly startOrder: (order: DeployOrder) => Promise<void>;
  readonly newId: () => string;
}

/** Seconds that an inspection waits for CloudFormation's comparison. */
const PATIENCE_SECONDS = 15;

/** A deployment's stack as it is, against its record. @throws UnknownReleaseError */
export async function inspect(
  deploymentId: string,
  { table, askInspector }: Pick<StackDependencies, 'table' | 'askInspector'>,
): Promise<object> {
  const version = await currentVersion(table, deploymentId);
  if (!version) throw new UnknownReleaseError(`deployment "${deploymentId}" has no version`);
  const { account, region, stackName } = version;
  const seen = seenStackSchema.parse(
    await askInspector({ action: 'inspect', account, region, stackName, seconds: PATIENCE_SECONDS }),
  );
  return { deploymentId, version, changes: changesByHand(version, seen) };
}

/** Stacks that no entry of the newest release's manifest owns, in every place that has or had deployments. */
export async function listOrphans({
  table,
  runs,
  readPlan,
  askInspector,
}: Omit<StackDependencies, 'startOrder' | 'newId'>): Promise<readonly Orphan[]> {
  const newest = (await runs.recent()).find(({ rollback }) => rollback === undefined);
  if (!newest) return [];
  const [plan, current] = await Promise.all([readPlan(newest.release), currentVersions(table)]);
  const found = await Promise.all(
    placesOf(plan, current).map(async (place) => {
      const answer = await askInspector({ action: 'list', ...place, prefix: `${plan.application}-` });
      return orphansIn(place, listedStacksSchema.parse(answer).stacks, plan, current);
    }),
  );
  return found.flat().sort((one, other) => (one.stackName < other.stackName ? -1 : 1));
}

/**
 * Orders an orphan's stack to be deleted. The deployer asks the control plane for the tenant's purge receipt first,
 * and leaves the stack where it is without one.
 * @throws UnknownReleaseError for what is no orphan; ReleaseStateError for a pool, and for a stack without a record
 */
export async function deleteOrphan(stackName: string, dependencies: StackDependencies): Promise<object> {
  const orphans = await listOrphans(dependencies);
  const matching = orphans.filter((each) => each.stackName === stackName);
  const [orphan] = matching;
  if (!orphan)
    throw new UnknownReleaseError(
      `stack "${stackName}" is no orphan; there is ${orphans.map((each) => each.stackName).join(', ') || 'none'}`,
    );
  if (matching.length > 1)
    throw new ReleaseStateError(
      `stack "${stackName}" is in ${matching.length} places: ${matching.map(({ account, region }) => `${account}/${region}`).join(', ')}; delete it there by hand`,
    );
  if (orphan.deploymentId === undefined)
    throw new ReleaseStateError(
      `stack "${stackName}" was never recorded: whose data it holds is not known; look at it, and delete it by hand`,
    );
  if (orphan.kind === 'pool')
    throw new ReleaseStateError(`stack "${stackName}" is a pool's: its tenants are no one's to delete here`);
  const { deploymentId, account, region } = orphan;
  const runId = `orphan-${dependencies.newId().toLowerCase()}`;
  await dependencies.startOrder({
    deploymentId,
    kind: 'silo',
    account,
    region,
    stackName,
    templateDigest: '',
    parameters: {},
    release: runId,
    wave: REMOVALS_WAVE,
    runId,
    purpose: 'delete',
  });
  return { ordered: { runId, deploymentId, stackName, account, region } };
}
