import { templateKey } from '../plan/release-plan';
import type { DeployOrder } from './deploy-order';
import { type Failure, failureKind, failureOf, failureText } from './failure';
import { BACKOFF, type PauseRange, POLL, pause } from './pause';
import type { Progress } from './progress';
import { isDeployed, stackMove } from './stack-status';
import type { ChangeSetState, StackState, Stacks } from './stacks';
import { refusedReplacements } from './stateful-resources';

/** Tries of an order whose resources fail for a transient reason. */
export const MOST_ATTEMPTS = 4;
/** Times that a stack is cleared or taken back before it is given up. */
export const MOST_RECOVERIES = 3;
/** How long one thing is waited for: CloudFormation's own limit for a resource that does not answer is an hour. */
export const PATIENCE_MINUTES = 75;
/** Change sets asked for in one order. */
const MOST_ROUNDS = 20;

export interface StackDependencies {
  readonly now: () => Date;
  /** In [0, 1). */
  readonly random: () => number;
  /** Where CloudFormation finds an object of the versions bucket. */
  readonly urlOf: (key: string) => string;
}

/**
 * One step of bringing a stack to an order's template, or of taking it away: at most one change is asked for. A step
 * that is run again because its answer was lost finds what it did. `phase` moves on when the stack is as ordered.
 */
export async function stepStack(
  order: DeployOrder,
  progress: Progress,
  stacks: Stacks,
  dependencies: StackDependencies,
): Promise<Progress> {
  try {
    return await STEPS[progress.step](order, progress, stacks, dependencies);
  } catch (error) {
    const failure = failureOf(error);
    if (failureKind(failure) === 'permanent') return failed(progress, failureText(failure));
    return waiting(progress, dependencies, failureText(failure), BACKOFF);
  }
}

const STEPS: Readonly<
  Record<
    Progress['step'],
    (o: DeployOrder, p: Progress, s: Stacks, d: StackDependencies) => Promise<Progress>
  >
> = { inspect, review, apply };

async function inspect(
  order: DeployOrder,
  progress: Progress,
  stacks: Stacks,
  dependencies: StackDependencies,
): Promise<Progress> {
  const stack = await stacks.describe(progress.stackId ?? order.stackName);
  const move = stackMove(stack?.status);
  if (move === 'wait') return waiting(progress, dependencies, under(order, stack));
  if (order.purpose === 'delete') return remove(progress, stack, stacks, dependencies);
  switch (move) {
    case 'create':
    case 'update':
      return prepare(order, progress, move, stacks, dependencies);
    case 'clear':
      return recover(progress, stack, dependencies, (token, { stackId }) => stacks.remove(stackId, token));
    case 'finish-rollback':
      return recover(progress, stack, dependencies, (token) => stacks.finishRollback(order.stackName, token));
    case 'roll-back':
      return recover(progress, stack, dependencies, (token) => stacks.rollBack(order.stackName, token));
    case undefined:
      return failed(
        progress,
        `stack "${order.stackName}" is in ${stack?.status}, which the deployer does not know; bring it into a complete state by hand`,
      );
  }
}

async function prepare(
  order: DeployOrder,
  progress: Progress,
  move: 'create' | 'update',
  stacks: Stacks,
  dependencies: StackDependencies,
): Promise<Progress> {
  if (progress.round >= MOST_ROUNDS)
    return failed(
      progress,
      `stack "${order.stackName}" was changed by others ${MOST_ROUNDS} times in between`,
    );
  // The watched id is the one that went away.
  const { stackId: _, ...rest } = progress;
  await stacks.prepare({
    stackName: order.stackName,
    changeSetName: changeSetName(progress),
    type: move === 'create' ? 'CREATE' : 'UPDATE',
    templateUrl: dependencies.urlOf(templateKey(order.templateDigest)),
    parameters: order.parameters,
    token: changeSetName(progress),
  });
  return next({ ...rest, step: 'review' }, dependencies);
}

async function review(
  order: DeployOrder,
  progress: Progress,
  stacks: Stacks,
  dependencies: StackDependencies,
): Promise<Progress> {
  const name = changeSetName(progress);
  const changeSet = await stacks.prepared(order.stackName, name);
  switch (changeSet?.status) {
    case 'pending':
      return waiting(progress, dependencies, `change set "${name}" is being made`);
    case 'empty':
      await stacks.discard(order.stackName, name);
      return deployed(progress, dependencies);
    case 'failed':
      return unprepared(order, progress, changeSet, stacks, dependencies);
    case 'ready': {
      const refused = refusedReplacements(changeSet.changes, {
        confirmed: order.confirmedReplacements,
        mayLeave: order.purpose === 'rollback',
      });
      if (refused.length > 0) {
        await stacks.discard(order.stackName, name);
        const named = refused
          .map(({ logicalId, type, action }) => `${logicalId} (${type}, ${action})`)
          .join(', ');
        return failed(
          progress,
          `template ${order.templateDigest} would replace or remove what holds data: ${named}; confirm each by its name, or keep it in the template`,
        );
      }
      // Before it begins: what fails at once is of this change too.
      const changingSince = dependencies.now().toISOString();
      await stacks.execute(order.stackName, name, name);
      return next({ ...progress, step: 'apply', changed: true, changingSince }, dependencies);
    }
    default:
      // Executed, and the answer lost; or taken away by somebody. The stack itself says which.
      return next({ ...progress, step: 'inspect', round: progress.round + 1 }, dependencies);
  }
}

async function unprepared(
  order: DeployOrder,
  progress: Progress,
  { reason }: ChangeSetState & { status: 'failed' },
  stacks: Stacks,
  dependencies: StackDependencies,
): Promise<Progress> {
  await stacks.discard(order.stackName, changeSetName(progress));
  return again(progress, { message: reason }, dependencies);
}

async function apply(
  order: DeployOrder,
  progress: Progress,
  stacks: Stacks,
  dependencies: StackDependencies,
): Promise<Progress> {
  const stack = await stacks.describe(order.stackName);
  if (stack && stackMove(stack.status) === 'wait')
    return waiting(progress, dependencies, under(order, stack));
  if (stack && isDeployed(stack.status)) {
    if (stack.changeSetId?.includes(`/${changeSetName(progress)}/`)) return deployed(progress, dependencies);
    // Not begun yet, or done between two looks: a further change set, empty in the end, tells.
    return next({ ...progress, step: 'inspect', round: progress.round + 1 }, dependencies);
  }
  const reasons = stack ? await stacks.failures(stack.stackId, new Date(progress.changingSince)) : [];
  const message =
    reasons[0] ?? stack?.reason ?? `stack "${order.stackName}" is in ${stack?.status ?? 'no state'}`;
  return again(progress, { message }, dependencies);
}

async function remove(
  progress: Progress,
  stack: StackState | undefined,
  stacks: Stacks,
  dependencies: StackDependencies,
): Promise<Progress> {
  if (!stack || stack.status === 'DELETE_COMPLETE') return deployed(progress, dependencies);
  if (stack.status === 'DELETE_FAILED' && progress.stackId !== undefined) {
    const reasons = await stacks.failures(stack.stackId, new Date(progress.changingSince));
    const message = reasons[0] ?? stack.reason ?? 'no reason given';
    const tried = again(progress, { message }, dependencies);
    if (tried.status === 'failed') return tried;
  }
  return recover(progress, stack, dependencies, (token, { stackId }) => stacks.remove(stackId, token));
}

/** Asks for what makes the stack ready, and looks again. */
async function recover(
  progress: Progress,
  stack: StackState | undefined,
  dependencies: StackDependencies,
  ask: (token: string, stack: StackState) => Promise<void>,
): Promise<Progress> {
  if (!stack) return next(progress, dependencies);
  if (progress.recoveries >= MOST_RECOVERIES)
    return failed(
      progress,
      `stack is still in ${stack.status} after ${MOST_RECOVERIES} recoveries: ${stack.reason ?? 'no reason given'}`,
    );
  await ask(`${changeSetName(progress)}-r${progress.recoveries}`, stack);
  const recoveries = progress.recoveries + 1;
  // By its id from now on: once it is gone, its name is nobody's.
  return waiting(
    {
      ...progress,
      recoveries,
      stackId: stack.stackId,
      polls: 0,
      waitingSince: dependencies.now().toISOString(),
    },
    dependencies,
    `stack is being recovered from ${stack.status}`,
  );
}

/** Another attempt where the failure is transient and one is left. */
function again(progress: Progress, failure: Failure, dependencies: StackDependencies): Progress {
  const reason = failureText(failure);
  if (failureKind(failure) === 'permanent') return failed(progress, reason);
  if (progress.attempt >= MOST_ATTEMPTS) return failed(progress, `${reason} (tried ${MOST_ATTEMPTS} times)`);
  const { attempt, round } = progress;
  return {
    ...progress,
    status: 'waiting',
    step: 'inspect',
    attempt: attempt + 1,
    round: round + 1,
    polls: 0,
    waitingSince: dependencies.now().toISOString(),
    waitSeconds: pause(BACKOFF, attempt - 1, dependencies.random),
    reason,
  };
}

/** The same step once more, later; not for ever. */
function waiting(
  progress: Progress,
  { now, random }: StackDependencies,
  reason: string,
  range: PauseRange = POLL,
): Progress {
  const minutes = (now().getTime() - Date.parse(progress.waitingSince)) / 60_000;
  if (minutes > PATIENCE_MINUTES)
    return failed(progress, `${reason}, for ${Math.floor(minutes)} minutes now; gave up`);
  return {
    ...progress,
    status: 'waiting',
    waitSeconds: pause(range, progress.polls, random),
    polls: progress.polls + 1,
    reason,
  };
}

function next(progress: Progress, { now }: StackDependencies): Progress {
  return { ...progress, status: 'waiting', waitSeconds: 1, polls: 0, waitingSince: now().toISOString() };
}

function deployed(progress: Progress, { now }: StackDependencies): Progress {
  const { reason: _, stackId: __, ...rest } = progress;
  return {
    ...rest,
    status: 'waiting',
    waitSeconds: 0,
    phase: 'smoke',
    holds: true,
    polls: 0,
    waitingSince: now().toISOString(),
  };
}

function failed(progress: Progress, reason: string): Progress {
  return { ...progress, status: 'failed', waitSeconds: 0, reason };
}

function changeSetName({ nonce, attempt, round }: Progress): string {
  return `granary-${nonce}-${attempt}-${round}`;
}

function under({ stackName }: DeployOrder, stack: StackState | undefined): string {
  return `stack "${stackName}" is in ${stack?.status}`;
}
