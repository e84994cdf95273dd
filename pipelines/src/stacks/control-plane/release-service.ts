import type { Manifest } from '@granary/manifest';
import { Duration, Stack } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { liveArn, releaseControlFunctionName } from '../../names';
import { ServiceFunction, type ServiceFunctionProps } from '../service-function';

export interface ReleaseServiceProps {
  readonly manifest: Manifest;
  readonly table: Table;
  readonly shared: Pick<ServiceFunctionProps, 'code' | 'release' | 'layers'>;
}

/** Tells operators of releases, and hands their orders to the release engine. It reaches nothing else of it. */
export class ReleaseService extends Construct {
  readonly service: ServiceFunction;

  constructor(scope: Construct, id: string, { manifest, table, shared }: ReleaseServiceProps) {
    super(scope, id);
    const { application, toolchain } = manifest;
    const { partition } = Stack.of(this);
    const control = liveArn(partition, toolchain, releaseControlFunctionName(application));
    this.service = new ServiceFunction(this, 'Service', {
      ...shared,
      entry: 'release',
      description: 'Tells operators of releases, and takes their orders',
      environment: { CONTROL_TABLE_NAME: table.tableName, RELEASE_CONTROL_FUNCTION_ARN: control },
      timeout: Duration.seconds(28),
    });
    // The lines of the audit log only.
    this.service.allow(['dynamodb:PutItem'], [table.tableArn]);
    this.service.allow(['lambda:InvokeFunction'], [control]);
  }
}
