import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { recorderFunctionName } from '../names';
import { acknowledge, logicalId } from '../stacks/acknowledge';
import { ServiceFunction } from '../stacks/service-function';
import { allowDeployRoles } from './bootstrap-roles';
import { type ReleaseContext, releaseEnvironment } from './release-function';

/** Writes down which version a deployment runs; the pipeline's registration calls it after each deployment. */
export class ReleaseRecorder extends Construct {
  readonly service: ServiceFunction;

  constructor(scope: Construct, id: string, context: ReleaseContext) {
    super(scope, id);
    const { manifest, code, layers = [], release, records, versions } = context;
    this.service = new ServiceFunction(this, 'Service', {
      code,
      layers,
      release,
      entry: 'release-recorder',
      description: 'Records the version that a deployment runs',
      functionName: recorderFunctionName(manifest.application),
      environment: releaseEnvironment(context),
      timeout: Duration.minutes(1),
    });
    this.service.allow(['dynamodb:GetItem', 'dynamodb:PutItem'], [records.table.tableArn]);
    this.service.allow(['s3:PutObject'], [versions.arnForObjects('templates/*')]);
    acknowledge(
      this.service.role,
      `AwsSolutions-IAM5[Resource::<${logicalId(versions)}.Arn>/templates/*]`,
      'Templates are named by their digest.',
    );
    allowDeployRoles(this.service.role, manifest);
  }
}
