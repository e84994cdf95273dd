import {
  CancelUpdateStackCommand,
  type CloudFormationClient,
  ContinueUpdateRollbackCommand,
  DeleteStackCommand,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import { ActionFailedError, RunInterruptedError } from './errors';
import { findStack, settledStack } from './stack-operation';

/** States of a stack that was never complete: nothing in it is in use, so it is made anew. */
const NEVER_COMPLETE = new Set(['ROLLBACK_COMPLETE', 'ROLLBACK_FAILED', 'CREATE_FAILED', 'DELETE_FAILED']);

/** An operation that somebody else runs gets this long to end by itself. */
const PATIENCE_MS = 60_000;
const RECOVERY_MS = 120_000;

export interface RecoveryContext {
  readonly client: CloudFormationClient;
  readonly stackName: string;
  readonly roleArn?: string | undefined;
  readonly signal: AbortSignal;
  /** Tells what is done, for the action's log. */
  readonly tell: (line: string) => void;
  /** @default 60000: an engine that was killed never ends an operation of its former life */
  readonly patienceMs?: number;
}

/**
 * Brings a stack into a state in which a change set can be made, as an operator would.
 *
 * @returns the stack as it is now, undefined when it has to be created
 * @throws ActionFailedError for a state that needs a person
 */
export async function recoverStack(context: RecoveryContext): Promise<Stack | undefined> {
  const { client, stackName, signal, tell } = context;
  let stack = await findStack(client, stackName);
  if (isBusy(stack)) {
    tell(`stack "${stackName}" is in ${stack?.StackStatus}: waiting for it`);
    stack = await settledStack(client, stackName, signal, context.patienceMs ?? PATIENCE_MS).catch(
      (error) => {
        if (error instanceof RunInterruptedError) throw error;
        return abandon(context);
      },
    );
  }
  if (stack?.StackStatus === 'UPDATE_ROLLBACK_FAILED') {
    tell(`stack "${stackName}" is in UPDATE_ROLLBACK_FAILED: continuing its rollback`);
    await client.send(new ContinueUpdateRollbackCommand({ StackName: stackName, RoleARN: context.roleArn }));
    stack = await settledStack(client, stackName, signal, RECOVERY_MS);
  }
  if (stack && NEVER_COMPLETE.has(stack.StackStatus ?? '')) return remove(context, stack);
  if (stack?.StackStatus === 'UPDATE_ROLLBACK_FAILED')
    throw new ActionFailedError(
      `stack "${stackName}" stays in UPDATE_ROLLBACK_FAILED: ${stack.StackStatusReason ?? 'no reason given'}; ` +
        'repair the named resources, then push again',
    );
  return stack?.StackStatus === 'REVIEW_IN_PROGRESS' ? undefined : stack;
}

function isBusy(stack: Stack | undefined): boolean {
  const status = stack?.StackStatus ?? '';
  return status.endsWith('_IN_PROGRESS') && status !== 'REVIEW_IN_PROGRESS';
}

/** Ends an operation that nobody runs any more. */
async function abandon(context: RecoveryContext): Promise<Stack | undefined> {
  const { client, stackName, signal, tell } = context;
  const stack = await findStack(client, stackName);
  if (stack?.StackStatus === 'CREATE_IN_PROGRESS' || stack?.StackStatus === 'ROLLBACK_IN_PROGRESS')
    return remove(context, stack);
  if (stack?.StackStatus !== 'UPDATE_IN_PROGRESS')
    return settledStack(client, stackName, signal, RECOVERY_MS);
  tell(`stack "${stackName}" does not leave UPDATE_IN_PROGRESS: cancelling the update`);
  await client.send(new CancelUpdateStackCommand({ StackName: stackName }));
  return settledStack(client, stackName, signal, RECOVERY_MS);
}

async function remove(context: RecoveryContext, stack: Stack): Promise<undefined> {
  const { client, stackName, roleArn, signal, tell } = context;
  tell(`stack "${stackName}" is in ${stack.StackStatus} and was never complete: deleting it`);
  await client.send(new DeleteStackCommand({ StackName: stackName, RoleARN: roleArn }));
  const left = await settledStack(client, stackName, signal, RECOVERY_MS);
  if (left)
    throw new ActionFailedError(
      `stack "${stackName}" cannot be deleted: ${left.StackStatus}: ${left.StackStatusReason ?? 'no reason given'}`,
    );
  return undefined;
}
