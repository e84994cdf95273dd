import { randomUUID } from 'node:crypto';
import { APPLICATION_ROUTES } from '@granary/api';
import { type Invocation, registerOnce } from '../registration/registration';
import { smokeOnce } from '../registration/smoke';
import { smokeRoutes } from '../registration/smoke-routes';
import type { ReleaseTable } from '../release-table/release-table';
import { type VersionResult, versionOutputs } from '../version/version';
import { currentVersion, storeVersion } from '../version/versions';
import { noteBegun } from './begun-order';
import type { DeployOrder } from './deploy-order';
import type { Place } from './deploy-role';
import { type StackDependencies, stepStack } from './deploy-stack';
import { failureKind, failureOf, failureText } from './failure';
import { orderedRegistration } from './ordered-registration';
import { BACKOFF, pause } from './pause';
import type { Progress } from './progress';
import { requirePurgeReceipt, retire } from './purge-receipt';
import type { StackState, Stacks } from './stacks';

export interface DeployerDependencies extends StackDependencies {
  readonly stacksIn: (place: Place) => Stacks;
  readonly table: Pick<ReleaseTable, 'get' | 'put'>;
  /** Calls the control plane's deployment function. */
  readonly invoke: (payload: object) => Promise<Invocation>;
  readonly fetch: typeof fetch;
  /** Ends a request that takes so many milliseconds. @default AbortSignal.timeout */
  readonly deadline?: (milliseconds: number) => AbortSignal;
  /** @default random */
  readonly newNonce?: () => string;
}

/** How long a phase may take, in minutes: a new API answers with errors for a while, a tenant is onboarded. */
const PATIENCE_MINUTES = { receipt: 5, smoke: 5, registration: 20, record: 20 } as const;
/** Seconds within which orders that begin together make their first calls. */
const SPREAD = { first: 5, longest: 5 };

/**
 * One step of an order: the purge receipt (of one that goes away), its stack, a smoke test, the registration with
 * the control plane (or its end), the record of the version. A step asks for one change at most and may be run again. An order
 * that fails is recorded too, then `failed`.
 * @param progress what the step before answered; none at first
 */
export async function stepOrder(
  order: DeployOrder,
  progress: Progress | undefined,
  dependencies: DeployerDependencies,
): Promise<Progress> {
  if (!progress) return begin(order, dependencies);
  const stacks = dependencies.stacksIn(order);
  if (progress.phase === 'stack') {
    const stepped = await stepStack(order, progress, stacks, dependencies);
    if (stepped.status === 'failed') return enter('record', { ...stepped, outcome: 'failed' }, dependencies);
    const gone = order.purpose === 'delete' && stepped.phase === 'smoke';
    return gone ? enter('registration', stepped, dependencies) : stepped;
  }
  const { phase } = progress;
  try {
    return await PHASES[phase](order, progress, dependencies, stacks);
  } catch (error) {
    const failure = failureOf(error);
    const reason = failureText(failure);
    if (failureKind(failure) === 'transient') return pauseIn(phase, progress, reason, dependencies);
    return ended(phase, progress, reason, dependencies);
  }
}

type PatientPhase = keyof typeof PATIENCE_MINUTES;
type PhaseStep = (
  order: DeployOrder,
  progress: Progress,
  dependencies: DeployerDependencies,
  stacks: Stacks,
) => Promise<Progress>;

const PHASES: Readonly<Record<PatientPhase, PhaseStep>> = {
  async receipt({ deploymentId }, progress, dependencies) {
    await requirePurgeReceipt(deploymentId, dependencies.invoke);
    return enter('stack', progress, dependencies);
  },

  async smoke(order, progress, dependencies, stacks) {
    const stack = await deployedStack(order, stacks);
    const { healthPaths, guardedPath } = smokeRoutes(APPLICATION_ROUTES);
    const fault = await smokeOnce(
      { API_URL: stack.outputs.ApiUrl ?? '', HEALTH_PATHS: [...healthPaths], GUARDED_PATH: guardedPath },
      dependencies,
    );
    return fault === undefined
      ? enter('registration', progress, dependencies)
      : pauseIn('smoke', progress, fault, dependencies);
  },

  async registration(order, progress, dependencies, stacks) {
    if (order.purpose === 'delete') {
      await retire(order.deploymentId, progress.waitingSince, dependencies.invoke);
      return enter('record', progress, dependencies);
    }
    const registration = orderedRegistration(order, (await deployedStack(order, stacks)).outputs);
    const state = await registerOnce(registration, progress.registered, dependencies);
    if (state.done) return enter('record', { ...progress, registered: true }, dependencies);
    const { registered, reason } = state;
    return pauseIn('registration', { ...progress, registered }, reason, dependencies);
  },

  async record(order, progress, { table }, stacks) {
    const ended: Progress = { ...progress, status: progress.outcome, waitSeconds: 0 };
    // A tombstone stays in the manifest: each release finds again that its stack is gone.
    const result = resultOf(order, progress);
    if (result === 'deleted' && (await currentVersion(table, order.deploymentId))?.result === result)
      return ended;
    const stack = await stacks.describe(order.stackName);
    const { deploymentId, kind, account, region, stackName, release, templateDigest, parameters } = order;
    await storeVersion(
      table,
      {
        ...{ deploymentId, kind, account, region, stackName, release, templateDigest, parameters },
        ...{ wave: order.wave, runId: order.runId, mode: 'distributed' },
        ...(order.tenant ? { tenant: order.tenant } : {}),
        // When the record was first tried: a second try writes the same item.
        deployedAt: progress.waitingSince,
        result,
        ...(progress.outcome === 'failed' && progress.reason !== undefined
          ? { reason: progress.reason }
          : {}),
        outputs: versionOutputs(stack?.outputs ?? {}),
      },
      progress.holds,
    );
    return ended;
  },
};

function resultOf({ purpose }: DeployOrder, { outcome }: Progress): VersionResult {
  if (outcome === 'failed') return 'failed';
  if (purpose === 'delete') return 'deleted';
  return purpose === 'rollback' ? 'rolled-back' : 'succeeded';
}

async function deployedStack({ stackName }: DeployOrder, stacks: Stacks): Promise<StackState> {
  const stack = await stacks.describe(stackName);
  if (stack) return stack;
  throw new Error(`stack "${stackName}" went away after its deployment`);
}

async function begin(order: DeployOrder, dependencies: DeployerDependencies): Promise<Progress> {
  const { table, now, random, newNonce = randomUUID } = dependencies;
  if (order.purpose === 'release') await noteBegun(table, order, now());
  const at = now().toISOString();
  return {
    status: 'waiting',
    waitSeconds: pause(SPREAD, 0, random),
    phase: order.purpose === 'delete' ? 'receipt' : 'stack',
    step: 'inspect',
    nonce: newNonce(),
    attempt: 1,
    round: 0,
    polls: 0,
    waitingSince: at,
    changingSince: at,
    recoveries: 0,
    changed: false,
    holds: false,
    registered: false,
    outcome: 'succeeded',
  };
}

function enter(phase: Progress['phase'], progress: Progress, { now }: DeployerDependencies): Progress {
  return {
    ...progress,
    status: 'waiting',
    waitSeconds: 0,
    phase,
    polls: 0,
    waitingSince: now().toISOString(),
  };
}

function pauseIn(
  phase: PatientPhase,
  progress: Progress,
  reason: string,
  dependencies: DeployerDependencies,
): Progress {
  const minutes = (dependencies.now().getTime() - Date.parse(progress.waitingSince)) / 60_000;
  if (minutes > PATIENCE_MINUTES[phase])
    return ended(phase, progress, `${reason} (after ${Math.floor(minutes)} minutes)`, dependencies);
  return {
    ...progress,
    status: 'waiting',
    waitSeconds: pause(BACKOFF, progress.polls, dependencies.random),
    polls: progress.polls + 1,
    // What is to be recorded stays as it is.
    ...(phase === 'record' ? {} : { reason }),
  };
}

/** What cannot be recorded has failed there and then. */
function ended(
  phase: PatientPhase,
  progress: Progress,
  reason: string,
  dependencies: DeployerDependencies,
): Progress {
  if (phase === 'record')
    return { ...progress, status: 'failed', waitSeconds: 0, reason: `cannot be recorded: ${reason}` };
  return enter('record', { ...progress, outcome: 'failed', reason }, dependencies);
}
