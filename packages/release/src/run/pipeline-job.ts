import {
  type CodePipelineClient,
  PutJobFailureResultCommand,
  PutJobSuccessResultCommand,
} from '@aws-sdk/client-codepipeline';
import * as z from 'zod';

/** What CodePipeline sends a function that a rule of a stage invokes. */
const eventSchema = z.object({
  'CodePipeline.job': z.object({
    id: z.string(),
    data: z.object({
      actionConfiguration: z.object({ configuration: z.object({ UserParameters: z.string() }) }),
    }),
  }),
});

/** The wave that a rule of the pipeline asks about; its UserParameters, as JSON. */
export const ruleParametersSchema = z.object({
  runId: z.string().min(1),
  release: z.string().min(1),
  wave: z.string().min(1),
  stage: z.string().min(1),
});
export type RuleParameters = z.output<typeof ruleParametersSchema>;

/** The rule's answer: whether it holds, and why not. */
export type RuleResult = { readonly holds: true } | { readonly holds: false; readonly reason: string };

/** CodePipeline takes so many characters of a reason. */
const REASON = 2000;

/**
 * A function for a LambdaInvoke rule. CodePipeline waits for the job's result, whatever the function returns: so
 * every error becomes a result too, and the rule does not hold.
 */
export function pipelineRule(
  client: Pick<CodePipelineClient, 'send'>,
  decide: (parameters: RuleParameters) => Promise<RuleResult>,
): (event: unknown) => Promise<RuleResult> {
  return async (event) => {
    const { id: jobId, data } = eventSchema.parse(event)['CodePipeline.job'];
    const result = await decideSafely(data.actionConfiguration.configuration.UserParameters, decide);
    if (result.holds) await client.send(new PutJobSuccessResultCommand({ jobId }));
    else {
      const failureDetails = { type: 'JobFailed', message: result.reason.slice(0, REASON) } as const;
      await client.send(new PutJobFailureResultCommand({ jobId, failureDetails }));
    }
    return result;
  };
}

async function decideSafely(
  userParameters: string,
  decide: (parameters: RuleParameters) => Promise<RuleResult>,
): Promise<RuleResult> {
  try {
    return await decide(ruleParametersSchema.parse(JSON.parse(userParameters)));
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    return { holds: false, reason: `${name}: ${message}` };
  }
}
