import {
  ChangeSetNotFoundException,
  type ChangeSetType,
  type CloudFormationClient,
  CreateChangeSetCommand,
  type CreateChangeSetCommandInput,
  DeleteChangeSetCommand,
  DescribeChangeSetCommand,
  ExecuteChangeSetCommand,
} from '@aws-sdk/client-cloudformation';
import { ActionFailedError } from './errors';
import { failureReasons, findStack, pollPause, settledStack } from './stack-operation';

export interface ChangeSetRequest {
  readonly client: CloudFormationClient;
  readonly stackName: string;
  readonly changeSetName: string;
  readonly signal: AbortSignal;
}

/** CloudFormation's words for a change set that changes nothing. */
const EMPTY = /didn't contain changes|No updates are to be performed/;
const STACK_OPERATION_MS = 60 * 60 * 1000;

/** Removes a change set of that name, of an earlier run or a killed one. */
export async function dropChangeSet(request: ChangeSetRequest): Promise<void> {
  const { client, stackName, changeSetName } = request;
  try {
    await client.send(new DeleteChangeSetCommand({ StackName: stackName, ChangeSetName: changeSetName }));
  } catch (error) {
    if (error instanceof ChangeSetNotFoundException) return;
    if (error instanceof Error && /does not exist/.test(error.message)) return;
    throw error;
  }
}

/**
 * Makes a change set and waits until CloudFormation has computed it.
 *
 * @returns the number of changes; 0 for an empty change set, which stays behind as a marker for its execution
 * @throws ActionFailedError with CloudFormation's reason
 */
export async function createChangeSet(
  request: ChangeSetRequest,
  type: ChangeSetType,
  input: Omit<CreateChangeSetCommandInput, 'StackName' | 'ChangeSetName' | 'ChangeSetType'>,
): Promise<number> {
  const { client, stackName, changeSetName, signal } = request;
  const name = { StackName: stackName, ChangeSetName: changeSetName };
  await client.send(new CreateChangeSetCommand({ ...name, ChangeSetType: type, ...input }));
  for (;;) {
    const found = await client.send(new DescribeChangeSetCommand(name));
    if (found.Status === 'CREATE_COMPLETE') return found.Changes?.length ?? 0;
    if (found.Status === 'FAILED') {
      if (EMPTY.test(found.StatusReason ?? '')) return 0;
      throw new ActionFailedError(
        `change set "${changeSetName}" of stack "${stackName}" failed: ${found.StatusReason ?? 'no reason given'}`,
      );
    }
    await pollPause(signal);
  }
}

export type Execution = { readonly changed: boolean; readonly status: string };

/**
 * Executes a change set that {@link createChangeSet} made, and waits for the stack.
 *
 * @returns what became of the stack; `changed: false` for an empty change set
 * @throws ActionFailedError with the reasons from the stack's events
 */
export async function executeChangeSet(request: ChangeSetRequest): Promise<Execution> {
  const { client, stackName, changeSetName, signal } = request;
  const name = { StackName: stackName, ChangeSetName: changeSetName };
  const prepared = await client.send(new DescribeChangeSetCommand(name));
  if (prepared.Status === 'FAILED' && EMPTY.test(prepared.StatusReason ?? '')) {
    const stack = await findStack(client, stackName);
    return { changed: false, status: stack?.StackStatus ?? 'unknown' };
  }
  const since = new Date(Date.now() - 1000);
  await client.send(new ExecuteChangeSetCommand(name));
  const stack = await settledStack(client, stackName, signal, STACK_OPERATION_MS);
  const status = stack?.StackStatus ?? 'DELETE_COMPLETE';
  if (status === 'CREATE_COMPLETE' || status === 'UPDATE_COMPLETE') return { changed: true, status };
  const reasons = await failureReasons(client, stack?.StackId ?? stackName, since);
  const first = reasons[0] ?? stack?.StackStatusReason ?? 'no reason given';
  throw new ActionFailedError(`stack "${stackName}" ended in ${status}: ${first}`, reasons);
}
