import { type CodePipelineClient, GetPipelineStateCommand } from '@aws-sdk/client-codepipeline';

/** What failed in a stage of the pipeline. */
export interface FailedAction {
  readonly action: string;
  readonly reason: string;
}

/** The failed actions of a stage, as the pipeline's state tells them. */
export async function failedActions(
  client: Pick<CodePipelineClient, 'send'>,
  pipelineName: string,
  stageName: string,
): Promise<readonly FailedAction[]> {
  const { stageStates = [] } = await client.send(new GetPipelineStateCommand({ name: pipelineName }));
  const stage = stageStates.find((each) => each.stageName === stageName);
  return (stage?.actionStates ?? []).flatMap(({ actionName, latestExecution }) =>
    actionName !== undefined && latestExecution?.status === 'Failed'
      ? [
          {
            action: actionName,
            reason: latestExecution.errorDetails?.message ?? latestExecution.summary ?? 'it failed',
          },
        ]
      : [],
  );
}

/**
 * The deployment that an action is about: actions of a stage with several are named `<deployment>.<...>`; in a
 * stage of one, every action is about it.
 */
export function deploymentOf(action: string, deployments: readonly string[]): string | undefined {
  const [only, ...others] = deployments;
  if (others.length === 0) return only;
  return deployments.find((deploymentId) => action.startsWith(`${deploymentId}.`));
}
