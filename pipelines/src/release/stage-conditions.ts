import { Stack } from 'aws-cdk-lib';
import type { CfnPipeline } from 'aws-cdk-lib/aws-codepipeline';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { CodePipeline } from 'aws-cdk-lib/pipelines';
import { entryFunctionName, haltFunctionName, LIVE, liveArn } from '../names';

/** A wave and the stage that carries it. */
export interface GatedStage {
  readonly wave: string;
  /** Names that the CDK may have given the stage: the wave's, or that of its only member. */
  readonly names: readonly string[];
}

export interface StageConditionsProps {
  readonly application: string;
  /** Waves that the pipeline has, in any order. */
  readonly stages: readonly GatedStage[];
  /** Pipeline variables. */
  readonly runId: string;
  readonly release: string;
}

/**
 * Puts the release engine before each wave's stage and behind its failure. The CDK's pipelines do not know of
 * conditions, so they go into the template: call it once all is built.
 */
export function addStageConditions(pipeline: CodePipeline, props: StageConditionsProps): void {
  const { application, stages, runId, release } = props;
  const { pipeline: built } = pipeline;
  const template = built.node.defaultChild as CfnPipeline;
  for (const { wave, names } of stages) {
    const parts = stagesOf(
      built.stages.map(({ stageName }) => stageName),
      names,
    );
    for (const [part, { index, stage }] of parts.entries()) {
      const parameters = JSON.stringify({ runId, release, wave, stage });
      // A wave is entered once, and may fail in any of its parts.
      if (part === 0)
        template.addPropertyOverride(`Stages.${index}.BeforeEntry`, {
          Conditions: [
            { Result: 'FAIL', Rules: [rule('Entry', entryFunctionName(application), parameters)] },
          ],
        });
      // It always holds, so that CodePipeline leaves the rollback to the engine.
      template.addPropertyOverride(`Stages.${index}.OnFailure`, {
        Conditions: [
          { Result: 'ROLLBACK', Rules: [rule('Halt', haltFunctionName(application), parameters)] },
        ],
      });
    }
  }
  const { partition, region, account } = Stack.of(pipeline);
  built.role.addToPrincipalPolicy(
    new PolicyStatement({
      actions: ['lambda:InvokeFunction'],
      resources: [entryFunctionName(application), haltFunctionName(application)].map((name) =>
        liveArn(partition, { account, region }, name),
      ),
    }),
  );
}

/** The stages of a wave, in order: one, or `<name>.1`, `<name>.2` when it has more actions than the CDK puts into one. */
function stagesOf(
  all: readonly string[],
  names: readonly string[],
): readonly { readonly index: number; readonly stage: string }[] {
  const parts = all.flatMap((stage, index) =>
    names.includes(stage.replace(/\.\d+$/, '')) ? [{ index, stage }] : [],
  );
  if (parts.length === 0) throw new Error(`no stage of the pipeline is called ${names.join(' or ')}`);
  return parts;
}

function rule(Name: string, functionName: string, UserParameters: string) {
  return {
    Name,
    RuleTypeId: { Category: 'Rule', Owner: 'AWS', Provider: 'LambdaInvoke', Version: '1' },
    Configuration: { FunctionName: `${functionName}:${LIVE}`, UserParameters },
  };
}
