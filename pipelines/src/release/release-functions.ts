import { stackName } from '@granary/manifest';
import { secondsPerMinuteParameter } from '@granary/release';
import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import { AccountPrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { allowDeployRoles } from '../distributed/bootstrap-roles';
import { type ReleaseContext, releaseEnvironment } from '../distributed/release-function';
import {
  deployMachineName,
  entryFunctionName,
  haltFunctionName,
  observerRoleName,
  releaseControlFunctionName,
  rollbackMachineName,
  waveMachineName,
} from '../names';
import { acknowledge, logicalId } from '../stacks/acknowledge';
import { ServiceFunction } from '../stacks/service-function';
import { allowWatchRoles } from './watch-roles';

/** Parts of the versions bucket that a function works on. */
type Prefix = 'plans' | 'waves';

/** The functions that take releases through their waves, and what each may do. */
export class ReleaseFunctions extends Construct {
  readonly entry: ServiceFunction;
  readonly observer: ServiceFunction;
  readonly wave: ServiceFunction;
  readonly halt: ServiceFunction;
  readonly control: ServiceFunction;

  constructor(
    scope: Construct,
    id: string,
    private readonly context: ReleaseContext,
  ) {
    super(scope, id);
    const { manifest, code, layers = [], release } = context;
    const { application, controlPlane } = manifest;
    const shared = { code, layers, release };
    const environment = releaseEnvironment(context);
    const PIPELINE_NAME = stackName(manifest, 'pipeline');

    this.observer = new ServiceFunction(this, 'Observer', {
      ...shared,
      entry: 'release-observer',
      description: 'Looks at waves that a release is new to',
      roleName: observerRoleName(application),
      environment: { ...environment, APPLICATION: application },
      memorySize: 1024,
      timeout: Duration.minutes(2),
    });
    this.allowRecords(this.observer, 'write');
    this.allowObjects(this.observer, ['s3:GetObject'], 'plans');
    this.observer.allow(['ssm:GetParameter'], [this.parameterArn(secondsPerMinuteParameter(application))]);
    allowWatchRoles(this.observer.role, manifest);

    this.wave = new ServiceFunction(this, 'Wave', {
      ...shared,
      entry: 'release-wave',
      description: 'Opens waves, halts them, and says how their rollback ended',
      environment,
      memorySize: 1024,
      timeout: Duration.minutes(5),
    });
    this.allowRecords(this.wave, 'write');
    this.allowObjects(this.wave, ['s3:GetObject'], 'plans');
    this.allowObjects(this.wave, ['s3:PutObject'], 'waves');

    this.entry = new ServiceFunction(this, 'Entry', {
      ...shared,
      entry: 'release-entry',
      functionName: entryFunctionName(application),
      description: 'Lets releases into waves, or not; a rule of the pipeline',
      environment: { ...environment, OBSERVER_FUNCTION_ARN: this.observer.alias.functionArn },
      timeout: Duration.minutes(3),
    });
    this.allowRecords(this.entry, 'write');
    this.allowObjects(this.entry, ['s3:GetObject'], 'plans');
    this.entry.allow(['lambda:InvokeFunction'], [this.observer.alias.functionArn]);
    this.allowJobResults(this.entry);

    const machine = this.machineArn(waveMachineName(application));
    this.halt = new ServiceFunction(this, 'Halt', {
      ...shared,
      entry: 'release-halt',
      functionName: haltFunctionName(application),
      description: 'Starts the rollback of a wave whose stage failed; a rule of the pipeline',
      environment: { ...environment, PIPELINE_NAME, WAVE_MACHINE_ARN: machine },
      timeout: Duration.seconds(30),
    });
    this.allowRecords(this.halt, 'read');
    this.halt.allow(['states:StartExecution'], [machine]);
    this.halt.allow(['codepipeline:GetPipelineState'], [this.pipelineArn(PIPELINE_NAME)]);
    this.allowJobResults(this.halt);

    const inspector = new ServiceFunction(this, 'Inspector', {
      ...shared,
      entry: 'release-inspector',
      description: 'Looks at stacks as they are, for drift and orphans',
      environment: { PARTITION: Stack.of(this).partition },
      timeout: Duration.seconds(60),
    });
    allowDeployRoles(inspector.role, manifest);

    const rollback = this.machineArn(rollbackMachineName(application));
    const deploy = this.machineArn(deployMachineName(application));
    this.control = new ServiceFunction(this, 'Control', {
      ...shared,
      entry: 'release-control',
      description: 'Answers questions about releases, and takes orders',
      functionName: releaseControlFunctionName(application),
      environment: {
        ...environment,
        PIPELINE_NAME,
        INSPECTOR_FUNCTION_ARN: inspector.alias.functionArn,
        ROLLBACK_MACHINE_ARN: rollback,
        DEPLOY_MACHINE_ARN: deploy,
      },
      timeout: Duration.seconds(60),
    });
    this.allowRecords(this.control, 'write');
    // A rollback has a plan of its own beside the releases'.
    this.allowObjects(this.control, ['s3:GetObject', 's3:PutObject'], 'plans');
    this.control.allow(['lambda:InvokeFunction'], [inspector.alias.functionArn]);
    this.control.allow(['states:StartExecution'], [rollback, deploy]);
    this.control.allow(
      ['codepipeline:GetPipelineState', 'codepipeline:GetPipelineExecution'],
      [this.pipelineArn(PIPELINE_NAME)],
    );
    this.control.allow(
      ['codepipeline:RetryStageExecution', 'codepipeline:PutApprovalResult'],
      [`${this.pipelineArn(PIPELINE_NAME)}/*`],
    );
    acknowledge(
      this.control.role,
      `AwsSolutions-IAM5[Resource::${this.pipelineArn(PIPELINE_NAME)}/*]`,
      'Any stage of this one pipeline: the wave that halted, or that waits for somebody.',
    );
    // To the account: its release service is deployed after this function, and its own role says who may call.
    this.control.alias.addPermission('ControlPlane', {
      principal: new AccountPrincipal(controlPlane.account),
    });
  }

  private allowRecords(service: ServiceFunction, how: 'read' | 'write'): void {
    const { table, listArn } = this.context.records;
    service.allow(
      ['dynamodb:GetItem', 'dynamodb:Query', ...(how === 'write' ? ['dynamodb:PutItem'] : [])],
      [table.tableArn],
    );
    service.allow(['dynamodb:Query'], [listArn]);
  }

  private allowObjects(service: ServiceFunction, actions: readonly string[], prefix: Prefix): void {
    const { versions } = this.context;
    service.allow(actions, [versions.arnForObjects(`${prefix}/*`)]);
    acknowledge(
      service.role,
      `AwsSolutions-IAM5[Resource::<${logicalId(versions)}.Arn>/${prefix}/*]`,
      'Plans are named by their commit, orders by their run.',
    );
  }

  private allowJobResults(service: ServiceFunction): void {
    service.allow(['codepipeline:PutJobSuccessResult', 'codepipeline:PutJobFailureResult'], ['*']);
    acknowledge(
      service.role,
      'AwsSolutions-IAM5[Resource::*]',
      'The results of jobs take no resource: https://docs.aws.amazon.com/codepipeline/latest/userguide/permissions-reference.html',
    );
  }

  private pipelineArn(name: string): string {
    return Stack.of(this).formatArn({ service: 'codepipeline', resource: name });
  }

  private machineArn(name: string): string {
    return Stack.of(this).formatArn({
      service: 'states',
      resource: 'stateMachine',
      resourceName: name,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  }

  private parameterArn(name: string): string {
    return Stack.of(this).formatArn({ service: 'ssm', resource: 'parameter', resourceName: name.slice(1) });
  }
}
