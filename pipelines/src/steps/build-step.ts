import type { CfnOutput } from 'aws-cdk-lib';
import { BuildEnvironmentVariableType, type PipelineProject } from 'aws-cdk-lib/aws-codebuild';
import type { IStage } from 'aws-cdk-lib/aws-codepipeline';
import { CodeBuildAction } from 'aws-cdk-lib/aws-codepipeline-actions';
import {
  type CodePipelineActionFactoryResult,
  type FileSet,
  type ICodePipelineActionFactory,
  type ProduceActionOptions,
  StackOutputReference,
  Step,
} from 'aws-cdk-lib/pipelines';

export interface BuildStepProps {
  readonly project: PipelineProject;
  /** The folder that the project's commands run in. */
  readonly input: FileSet;
  /** Variables of this run; they may refer to pipeline variables. */
  readonly environment: Readonly<Record<string, string>>;
  /** Variables whose values are outputs of stacks that are deployed before. */
  readonly outputs: Readonly<Record<string, CfnOutput>>;
}

/**
 * A run of a CodeBuild project that steps share. CDK's own CodeBuildStep makes a project and policies for each
 * step: with a step for each tenant they would fill the pipeline's template first.
 */
export class BuildStep extends Step implements ICodePipelineActionFactory {
  private readonly references: readonly (readonly [string, StackOutputReference])[];

  constructor(
    id: string,
    private readonly props: BuildStepProps,
  ) {
    super(id);
    this.addDependencyFileSet(props.input);
    this.discoverReferencedOutputs(props.environment);
    this.references = Object.entries(props.outputs).map(([name, output]) => [
      name,
      StackOutputReference.fromCfnOutput(output),
    ]);
  }

  override get consumedStackOutputs(): StackOutputReference[] {
    return this.references.map(([, reference]) => reference);
  }

  produceAction(stage: IStage, options: ProduceActionOptions): CodePipelineActionFactoryResult {
    const { project, input, environment } = this.props;
    const values = {
      ...environment,
      ...Object.fromEntries(
        this.references.map(([name, reference]) => [name, options.stackOutputsMap.toCodePipeline(reference)]),
      ),
    };
    stage.addAction(
      new CodeBuildAction({
        actionName: options.actionName,
        runOrder: options.runOrder,
        input: options.artifacts.toCodePipeline(input),
        project,
        environmentVariables: Object.fromEntries(
          Object.entries(values).map(([name, value]) => [
            name,
            { type: BuildEnvironmentVariableType.PLAINTEXT, value },
          ]),
        ),
      }),
    );
    return { runOrdersConsumed: 1, project };
  }
}
