import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import {
  Choice,
  Condition,
  DefinitionBody,
  DistributedMap,
  Errors,
  Fail,
  type IChainable,
  JitterType,
  JsonPath,
  LogLevel,
  Parallel,
  Pass,
  ProcessorMode,
  ProcessorType,
  type RetryProps,
  S3JsonItemReader,
  StateMachine,
  StateMachineType,
  Succeed,
  TaskInput,
  Wait,
  WaitTime,
} from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Construct } from 'constructs';
import type { DeployEngine } from '../distributed/deploy-engine';
import { TYPED_TWICE, type WaveDeployment } from '../distributed/deploy-wave';
import type { ReleaseContext } from '../distributed/release-function';
import { waveMachineName } from '../names';
import { acknowledge, logicalId } from '../stacks/acknowledge';
import type { ServiceFunction } from '../stacks/service-function';
import type { ReleaseFunctions } from './release-functions';

export interface WaveMachineProps {
  readonly context: ReleaseContext;
  readonly functions: ReleaseFunctions;
  readonly engine: DeployEngine;
  readonly waves: WaveDeployment;
}

/** What Lambda throws, and two writers of one record: a later try may do. */
const TRANSIENT: RetryProps = {
  errors: [
    'Lambda.ServiceException',
    'Lambda.AWSLambdaException',
    'Lambda.SdkClientException',
    'Lambda.ClientExecutionTimeoutException',
    'Lambda.TooManyRequestsException',
    'Lambda.Unknown',
    'Sandbox.Timedout',
    'WriteRefusedError',
    Errors.TIMEOUT,
  ],
  interval: Duration.seconds(2),
  backoffRate: 2,
  maxAttempts: 5,
  maxDelay: Duration.minutes(1),
  jitterStrategy: JitterType.FULL,
};

/** An action of CodePipeline waits no longer. */
const LONGEST = Duration.days(7);

/**
 * Takes a wave through: opens it, deploys it where the pipeline has not, and watches it until its gate passes or
 * halts. A halt brings each deployment back to what it ran before, and fails with the reason. Input
 * `{ runId, release, wave }`; with a `cause`, it halts at once.
 */
export class WaveMachine extends Construct {
  readonly machine: StateMachine;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: WaveMachineProps,
  ) {
    super(scope, id);
    const { application } = props.context.manifest;
    const halt = this.halt();
    const start = new Choice(this, 'Asked to halt?')
      .when(Condition.isPresent('$.cause'), halt)
      .otherwise(this.open(this.watch(halt)));
    this.machine = new StateMachine(this, 'Machine', {
      stateMachineName: waveMachineName(application),
      definitionBody: DefinitionBody.fromChainable(start),
      timeout: LONGEST,
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
    this.explain();
  }

  private explain(): void {
    acknowledge(
      this.machine,
      'AwsSolutions-IAM5[Resource::*]',
      'Log delivery and X-Ray take no resource: https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html',
    );
    acknowledge(
      this.machine,
      `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:s3:::<${logicalId(this.props.context.versions)}>/*]`,
      'The orders of a wave are named by its run; the maps only read.',
    );
    const { region, account } = Stack.of(this);
    const name = `{"Fn::Select":[6,{"Fn::Split":[":",{"Ref":"${logicalId(this.machine)}"}]}]}`;
    for (const map of ['', '/Deployments', '/Rollback'])
      acknowledge(
        this.machine,
        `AwsSolutions-IAM5[Resource::arn:aws:states:${region}:${account}:execution:${name}${map}:*]`,
        'The children of this one machine’s maps.',
      );
  }

  private open(watch: IChainable): IChainable {
    const { functions, waves } = this.props;
    const open = this.task('Open', functions.wave, { action: 'open' }, '$.opened');
    const deploy = new Parallel(this, 'Deploy', { resultPath: JsonPath.DISCARD });
    deploy.branch(waves.states('Wave'));
    // More failures than the wave tolerates end the map; the gate says which and halts.
    deploy.addCatch(watch, { errors: [Errors.ALL], resultPath: '$.deployment' });
    deploy.next(watch);
    return open.next(
      new Choice(this, 'Next?')
        .when(Condition.stringEquals('$.opened.next', 'deploy'), deploy)
        .when(Condition.stringEquals('$.opened.next', 'watch'), watch)
        .when(
          Condition.stringEquals('$.opened.next', 'remove'),
          waves.states('Removal').next(new Succeed(this, 'Removed')),
        )
        .otherwise(new Succeed(this, 'Passed before')),
    );
  }

  private watch(halt: IChainable): IChainable {
    const look = this.task('Look', this.props.functions.observer, { action: 'look' }, '$.look');
    const unseen = new Pass(this, 'Cannot look', {
      parameters: {
        ...NAME,
        cause: {
          gate: 'watch',
          reason: JsonPath.format(
            'the wave cannot be watched: {}: {}',
            JsonPath.stringAt('$.fault.Error'),
            JsonPath.stringAt('$.fault.Cause'),
          ),
        },
      },
    });
    unseen.next(halt);
    look.addCatch(unseen, { errors: [Errors.ALL], resultPath: '$.fault' });
    const wait = new Wait(this, 'Wait', { time: WaitTime.secondsPath('$.look.waitSeconds') });
    const red = new Pass(this, 'Red', {
      parameters: { ...NAME, cause: JsonPath.objectAt('$.look.verdict') },
    });
    red.next(halt);
    look.next(
      new Choice(this, 'Verdict?')
        .when(Condition.stringEquals('$.look.verdict.kind', 'bake'), wait.next(look))
        .when(Condition.stringEquals('$.look.verdict.kind', 'pass'), new Succeed(this, 'Passed'))
        .otherwise(red),
    );
    return look;
  }

  private halt(): IChainable {
    const { functions, engine, context } = this.props;
    const halt = this.task(
      'Halt',
      functions.wave,
      { action: 'halt', cause: JsonPath.objectAt('$.cause') },
      '$.halted',
    );
    const settle = this.task('Settle', functions.wave, { action: 'settle' }, '$.settled');
    settle.next(
      new Fail(this, 'Halted', {
        errorPath: JsonPath.stringAt('$.settled.error'),
        causePath: JsonPath.stringAt('$.settled.cause'),
      }),
    );
    const rollback = new DistributedMap(this, 'Roll back', {
      label: 'Rollback',
      itemReader: new S3JsonItemReader({
        bucket: Bucket.fromBucketName(this, 'Orders', context.versions.bucketName),
        key: JsonPath.stringAt('$.halted.rollback.key'),
      }),
      maxConcurrencyPath: JsonPath.stringAt('$.halted.rollback.maxConcurrency'),
      mapExecutionType: StateMachineType.STANDARD,
      // Each is brought back, whatever becomes of the others; the settlement tells who was not.
      toleratedFailurePercentage: 100,
      resultPath: JsonPath.DISCARD,
    });
    rollback.itemProcessor(engine.deployOne(this, 'Rollback of one'), {
      mode: ProcessorMode.DISTRIBUTED,
      executionType: ProcessorType.STANDARD,
    });
    acknowledge(rollback, ...TYPED_TWICE);
    rollback.addCatch(settle, { errors: [Errors.ALL], resultPath: '$.fault' });
    rollback.next(settle);
    halt.next(
      new Choice(this, 'Anything to roll back?')
        .when(Condition.numberEquals('$.halted.rollback.count', 0), settle)
        .otherwise(rollback),
    );
    return halt;
  }

  private task(
    id: string,
    service: ServiceFunction,
    payload: Readonly<Record<string, unknown>>,
    resultPath: string,
  ): LambdaInvoke {
    const task = new LambdaInvoke(this, id, {
      lambdaFunction: service.alias,
      payload: TaskInput.fromObject({ ...NAME, ...payload }),
      payloadResponseOnly: true,
      resultPath,
      retryOnServiceExceptions: false,
    });
    task.addRetry(TRANSIENT);
    return task;
  }
}

/** Which wave it is: what every state hands on. */
const NAME = {
  runId: JsonPath.stringAt('$.runId'),
  release: JsonPath.stringAt('$.release'),
  wave: JsonPath.stringAt('$.wave'),
};
