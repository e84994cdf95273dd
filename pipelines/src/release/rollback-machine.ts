import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import {
  DefinitionBody,
  IntegrationPattern,
  JsonPath,
  LogLevel,
  Map as MapState,
  StateMachine,
  TaskInput,
  Timeout,
} from 'aws-cdk-lib/aws-stepfunctions';
import { StepFunctionsStartExecution } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Construct } from 'constructs';
import { rollbackMachineName } from '../names';
import { acknowledge, logicalId } from '../stacks/acknowledge';

export interface RollbackMachineProps {
  readonly application: string;
  /** Takes one wave through its gate. */
  readonly wave: StateMachine;
}

/**
 * Takes a rollback through its waves, one after the other: each by the machine that takes a release's. A wave that
 * halts ends it. Input `{ runId, release, waves: [{ name }] }`.
 */
export class RollbackMachine extends Construct {
  readonly machine: StateMachine;

  constructor(scope: Construct, id: string, { application, wave }: RollbackMachineProps) {
    super(scope, id);
    const take = new StepFunctionsStartExecution(this, 'Wave', {
      stateMachine: wave,
      integrationPattern: IntegrationPattern.RUN_JOB,
      input: TaskInput.fromObject({
        runId: JsonPath.stringAt('$.runId'),
        release: JsonPath.stringAt('$.release'),
        wave: JsonPath.stringAt('$.wave'),
      }),
      taskTimeout: Timeout.duration(Duration.days(7)),
      resultPath: JsonPath.DISCARD,
    });
    const waves = new MapState(this, 'Waves', {
      itemsPath: '$.waves',
      itemSelector: {
        runId: JsonPath.stringAt('$.runId'),
        release: JsonPath.stringAt('$.release'),
        wave: JsonPath.stringAt('$$.Map.Item.Value.name'),
      },
      maxConcurrency: 1,
      resultPath: JsonPath.DISCARD,
    });
    waves.itemProcessor(take);
    this.machine = new StateMachine(this, 'Machine', {
      stateMachineName: rollbackMachineName(application),
      definitionBody: DefinitionBody.fromChainable(waves),
      timeout: Duration.days(30),
      tracingEnabled: true,
      logs: {
        level: LogLevel.ALL,
        includeExecutionData: false,
        destination: new LogGroup(this, 'Logs', {
          retention: RetentionDays.THREE_MONTHS,
          removalPolicy: RemovalPolicy.DESTROY,
        }),
      },
    });
    acknowledge(
      this.machine,
      'AwsSolutions-IAM5[Resource::*]',
      'Log delivery and X-Ray take no resource: https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html',
    );
    const { region, account } = Stack.of(this);
    const name = `{"Fn::Select":[6,{"Fn::Split":[":",{"Ref":"${logicalId(wave)}"}]}]}`;
    acknowledge(
      this.machine,
      `AwsSolutions-IAM5[Resource::arn:aws:states:${region}:${account}:execution:${name}*]`,
      'The executions of the wave machine that it starts and waits for.',
    );
  }
}
