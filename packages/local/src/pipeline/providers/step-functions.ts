import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import {
  DescribeExecutionCommand,
  type DescribeExecutionCommandOutput,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import {
  type ActionContext,
  type ActionProvider,
  type ActionResult,
  actionClient,
  actionTitle,
} from '../action';
import { ActionFailedError, RunInterruptedError, UnsupportedPipelineError } from '../errors';

/** The engine answers in milliseconds and has no throttle. */
const POLL_MS = 100;
/** AWS's limit of an execution's name. */
const NAME_LENGTH = 80;

/** Starts an execution of a state machine as the action's role and waits for its end. */
export class StepFunctionsProvider implements ActionProvider {
  async execute(context: ActionContext): Promise<ActionResult> {
    const { configuration, log } = context;
    const client = new SFNClient(await actionClient(context));
    try {
      const started = await client.send(
        new StartExecutionCommand({
          stateMachineArn: configuration.StateMachineArn ?? '',
          name: executionName(configuration.ExecutionNamePrefix),
          input: input(context),
        }),
      );
      const executionArn = started.executionArn ?? '';
      log.line(`started ${executionArn}`);
      const ended = await settled(client, executionArn, context.signal);
      log.line(`${ended.status}`);
      if (ended.status !== 'SUCCEEDED') throw failure(ended);
      return {
        summary: executionArn.split(':').at(-1) ?? '',
        variables: { ExecutionArn: executionArn, StateMachineArn: ended.stateMachineArn ?? '' },
      };
    } finally {
      client.destroy();
    }
  }
}

function executionName(prefix: string | undefined): string {
  const unique = randomUUID();
  return prefix ? `${prefix.slice(0, NAME_LENGTH - unique.length - 1)}-${unique}` : unique;
}

function input(context: ActionContext): string {
  const { Input = '{}', InputType = 'Literal' } = context.configuration;
  if (InputType !== 'Literal')
    throw new UnsupportedPipelineError(
      `${actionTitle(context)}: InputType "${InputType}" is not executed locally; use Literal`,
    );
  try {
    JSON.parse(Input);
  } catch (cause) {
    throw new UnsupportedPipelineError(
      `${actionTitle(context)}: Input is not json with its variables filled in: ${Input.slice(0, 200)}`,
      { cause },
    );
  }
  return Input;
}

/** Waits for the end; stops the execution when the run has to stop. */
async function settled(
  client: SFNClient,
  executionArn: string,
  signal: AbortSignal,
): Promise<DescribeExecutionCommandOutput> {
  for (;;) {
    const execution = await client.send(new DescribeExecutionCommand({ executionArn }));
    if (execution.status !== 'RUNNING') return execution;
    await pause(POLL_MS, undefined, { signal }).catch(() => undefined);
    if (!signal.aborted) continue;
    // An engine that is gone has stopped it already.
    await client
      .send(new StopExecutionCommand({ executionArn, cause: 'the pipeline execution was stopped' }))
      .catch(() => undefined);
    throw new RunInterruptedError('the run was stopped while a state machine ran');
  }
}

function failure({ status, error, cause, executionArn }: DescribeExecutionCommandOutput): ActionFailedError {
  const why = [error, cause].filter(Boolean).join(': ');
  return new ActionFailedError(why ? `execution ${status}: ${why}` : `execution ${status}`, [
    executionArn ?? '',
  ]);
}
