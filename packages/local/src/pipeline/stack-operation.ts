import { setTimeout as pause } from 'node:timers/promises';
import {
  type CloudFormationClient,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import { ActionFailedError, RunInterruptedError } from './errors';

/** The engine answers in milliseconds and has no throttle. */
const POLL_MS = 120;

/** The stack, or undefined when there is none of that name. */
export async function findStack(client: CloudFormationClient, name: string): Promise<Stack | undefined> {
  try {
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: name }));
    const stack = Stacks?.[0];
    return stack?.StackStatus === 'DELETE_COMPLETE' ? undefined : stack;
  } catch (error) {
    if (error instanceof Error && /does not exist/.test(error.message)) return undefined;
    throw error;
  }
}

/**
 * Waits until no operation runs on the stack.
 *
 * @returns the settled stack, or undefined once it is deleted
 * @throws RunInterruptedError when the signal aborts; the operation itself goes on
 * @throws ActionFailedError when it takes longer than `timeoutMs`
 */
export async function settledStack(
  client: CloudFormationClient,
  name: string,
  signal: AbortSignal,
  timeoutMs: number,
): Promise<Stack | undefined> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const stack = await findStack(client, name);
    const status = stack?.StackStatus ?? '';
    if (!stack || status === 'REVIEW_IN_PROGRESS' || !status.endsWith('_IN_PROGRESS')) return stack;
    if (Date.now() > end)
      throw new ActionFailedError(
        `stack "${name}" is still in ${status} after ${Math.round(timeoutMs / 1000)} s`,
      );
    await pollPause(signal);
  }
}

export async function pollPause(signal: AbortSignal): Promise<void> {
  try {
    await pause(POLL_MS, undefined, { signal });
  } catch {
    throw new RunInterruptedError('the stack operation was left running: the run was stopped');
  }
}

/**
 * Why a stack operation failed, from its events.
 *
 * @param since events before it belong to an earlier operation
 * @returns one line per resource that failed, in the order of failing; cancellations, which follow from them, last
 */
export async function failureReasons(
  client: CloudFormationClient,
  stack: string,
  since: Date,
): Promise<readonly string[]> {
  const { StackEvents = [] } = await client
    .send(new DescribeStackEventsCommand({ StackName: stack }))
    .catch(() => ({ StackEvents: [] }));
  const failed = StackEvents.filter(
    (event) =>
      (event.Timestamp ?? since) >= since &&
      /_FAILED$|ROLLBACK_IN_PROGRESS$/.test(event.ResourceStatus ?? ''),
  ).reverse();
  const lines = failed.map(
    (event) =>
      `${event.LogicalResourceId} (${event.ResourceType}): ${event.ResourceStatus}: ` +
      `${event.ResourceStatusReason || 'no reason given'}`,
  );
  const follows = (line: string) => /Resource creation cancelled|User Initiated/.test(line);
  return [...lines.filter((line) => !follows(line)), ...lines.filter(follows)];
}
