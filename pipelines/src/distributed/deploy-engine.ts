import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import {
  Chain,
  Choice,
  Condition,
  DefinitionBody,
  Errors,
  Fail,
  JitterType,
  JsonPath,
  LogLevel,
  Pass,
  StateMachine,
  TaskInput,
  Wait,
  WaitTime,
} from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Construct } from 'constructs';
import { deployerRoleName, deployMachineName, deploymentFunctionArn } from '../names';
import { acknowledge } from '../stacks/acknowledge';
import { ServiceFunction } from '../stacks/service-function';
import { allowDeployRoles } from './bootstrap-roles';
import { type ReleaseContext, releaseEnvironment } from './release-function';

/** Brings deployments to versions: a function that makes one step, and the loop around it. */
export class DeployEngine extends Construct {
  readonly deployer: ServiceFunction;
  /** For one order: its input is a `DeployOrder`. */
  readonly machine: StateMachine;

  constructor(scope: Construct, id: string, context: ReleaseContext) {
    super(scope, id);
    const { manifest, code, layers = [], release, records } = context;
    const { partition } = Stack.of(this);
    const controlPlane = deploymentFunctionArn(partition, manifest.controlPlane, manifest.application);
    this.deployer = new ServiceFunction(this, 'Deployer', {
      code,
      layers,
      release,
      entry: 'release-deployer',
      description: 'Makes one step of bringing a deployment to a version',
      roleName: deployerRoleName(manifest.application),
      environment: { ...releaseEnvironment(context), DEPLOYMENT_FUNCTION_ARN: controlPlane },
      timeout: Duration.minutes(2),
    });
    this.deployer.allow(['dynamodb:GetItem', 'dynamodb:PutItem'], [records.table.tableArn]);
    this.deployer.allow(['lambda:InvokeFunction'], [controlPlane]);
    // A template in the deployer's own account is read with the deploy role's rights, which the bucket's policy gives.
    allowDeployRoles(this.deployer.role, manifest);
    this.machine = new StateMachine(this, 'Machine', {
      stateMachineName: deployMachineName(manifest.application),
      definitionBody: DefinitionBody.fromChainable(this.deployOne(this, 'Deploy')),
      timeout: Duration.hours(12),
      tracingEnabled: true,
      logs: {
        level: LogLevel.ALL,
        // Orders hold administrators' e-mail addresses.
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
  }

  /**
   * The states that take one `DeployOrder`, their input, to its end: the deployer steps, and says how long to wait
   * before it steps again. Ends in `{ deploymentId, status }`, or fails with the reason.
   */
  deployOne(scope: Construct, id: string): Chain {
    const begin = new Pass(scope, `${id} begin`, {
      parameters: { order: JsonPath.entirePayload, progress: null },
    });
    const step = new LambdaInvoke(scope, `${id} step`, {
      lambdaFunction: this.deployer.alias,
      payload: TaskInput.fromObject({
        order: JsonPath.objectAt('$.order'),
        progress: JsonPath.objectAt('$.progress'),
      }),
      payloadResponseOnly: true,
      resultPath: '$.progress',
      retryOnServiceExceptions: false,
    });
    // A step that was made twice finds what it did.
    step.addRetry({
      errors: [Errors.ALL],
      interval: Duration.seconds(2),
      backoffRate: 2,
      maxAttempts: 8,
      maxDelay: Duration.minutes(2),
      jitterStrategy: JitterType.FULL,
    });
    const wait = new Wait(scope, `${id} wait`, { time: WaitTime.secondsPath('$.progress.waitSeconds') });
    const done = new Pass(scope, `${id} done`, {
      parameters: {
        deploymentId: JsonPath.stringAt('$.order.deploymentId'),
        status: JsonPath.stringAt('$.progress.status'),
      },
    });
    const failed = new Fail(scope, `${id} failed`, {
      error: 'DeploymentFailed',
      causePath: JsonPath.stringAt('$.progress.reason'),
    });
    const choice = new Choice(scope, `${id} status`)
      .when(Condition.stringEquals('$.progress.status', 'waiting'), wait.next(step))
      .when(Condition.stringEquals('$.progress.status', 'failed'), failed)
      .otherwise(done);
    step.next(choice);
    begin.next(step);
    return Chain.custom(begin, [done], done);
  }
}
