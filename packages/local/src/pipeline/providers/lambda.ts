import { setTimeout as pause } from 'node:timers/promises';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { type ActionContext, type ActionProvider, type ActionResult, actionClient } from '../action';
import { ActionFailedError, RunInterruptedError } from '../errors';
import type { JobResult, Jobs } from '../jobs';

/** CodePipeline's own for these actions and rules. */
const TIMEOUT_MINUTES = 60;

/**
 * Gives a function a job, for `Invoke` actions and `LambdaInvoke` rules: it answers by PutJobSuccessResult or
 * PutJobFailureResult. A function that throws has failed its job at once.
 */
export class LambdaProvider implements ActionProvider {
  constructor(private readonly jobs: Jobs) {}

  async execute(context: ActionContext): Promise<ActionResult> {
    const job = this.jobs.open();
    try {
      const result = await this.answer(context, job.id, job.result);
      if (!result.succeeded) throw new ActionFailedError(result.reason);
      return { variables: result.variables };
    } finally {
      job.close();
    }
  }

  private async answer(context: ActionContext, id: string, result: Promise<JobResult>): Promise<JobResult> {
    const { signal, action, configuration } = context;
    const minutes = action.timeoutMinutes ?? TIMEOUT_MINUTES;
    const done = new AbortController();
    const either = AbortSignal.any([signal, done.signal]);
    const late = pause(minutes * 60_000, undefined, { signal: either }).then(
      (): JobResult => ({
        succeeded: false,
        reason:
          `function "${configuration.FunctionName}" gave no result within ${minutes} minutes: ` +
          'it has to call PutJobSuccessResult or PutJobFailureResult',
      }),
    );
    const interrupted = late.catch(() => {
      throw new RunInterruptedError('the run was stopped while a function worked');
    });
    try {
      const broken = invoke(context, id);
      return await Promise.race([result, broken, interrupted]);
    } finally {
      interrupted.catch(() => undefined);
      done.abort();
    }
  }
}

/** Invokes the function. @returns its failure; never settles for one that ends well */
async function invoke(context: ActionContext, jobId: string): Promise<JobResult> {
  const { configuration, log } = context;
  const { FunctionName = '' } = configuration;
  const client = new LambdaClient(await actionClient(context));
  try {
    const answer = await client.send(
      new InvokeCommand({ FunctionName, Payload: Buffer.from(JSON.stringify(event(context, jobId))) }),
    );
    if (!answer.FunctionError) return await new Promise<JobResult>(() => undefined);
    const text = Buffer.from(answer.Payload ?? []).toString();
    log.line(text);
    return { succeeded: false, reason: `function "${FunctionName}" failed: ${errorMessage(text)}` };
  } finally {
    client.destroy();
  }
}

/** The event as CodePipeline sends it; artifacts are folders here and stay out of it. */
function event(context: ActionContext, id: string): object {
  const { FunctionName, UserParameters } = context.configuration;
  return {
    'CodePipeline.job': {
      id,
      accountId: context.pipeline.account,
      data: {
        actionConfiguration: {
          configuration: { FunctionName, ...(UserParameters === undefined ? {} : { UserParameters }) },
        },
        inputArtifacts: [],
        outputArtifacts: [],
      },
    },
  };
}

function errorMessage(payload: string): string {
  try {
    const { errorType, errorMessage: message } = JSON.parse(payload) as Record<string, string>;
    return [errorType, message].filter(Boolean).join(': ') || payload;
  } catch {
    return payload;
  }
}
