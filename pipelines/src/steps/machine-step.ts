import type { IStage } from 'aws-cdk-lib/aws-codepipeline';
import { StateMachineInput, StepFunctionInvokeAction } from 'aws-cdk-lib/aws-codepipeline-actions';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import {
  type CodePipelineActionFactoryResult,
  type ICodePipelineActionFactory,
  type ProduceActionOptions,
  Step,
} from 'aws-cdk-lib/pipelines';

export interface MachineStepProps {
  readonly machine: IStateMachine;
  /** The execution's input; it may refer to pipeline variables. */
  readonly input: Readonly<Record<string, string>>;
}

/** A run of a state machine, which the pipeline waits for. */
export class MachineStep extends Step implements ICodePipelineActionFactory {
  constructor(
    id: string,
    private readonly props: MachineStepProps,
  ) {
    super(id);
    this.discoverReferencedOutputs(props.input);
  }

  produceAction(stage: IStage, options: ProduceActionOptions): CodePipelineActionFactoryResult {
    stage.addAction(
      new StepFunctionInvokeAction({
        actionName: options.actionName,
        runOrder: options.runOrder,
        stateMachine: this.props.machine,
        stateMachineInput: StateMachineInput.literal(this.props.input),
      }),
    );
    return { runOrdersConsumed: 1 };
  }
}
