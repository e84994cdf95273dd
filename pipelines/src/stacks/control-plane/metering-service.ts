import { Duration } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { ControlTable } from '../control-table';
import { ServiceFunction, type ServiceFunctionProps } from '../service-function';

export interface MeteringServiceProps {
  readonly table: Table;
  readonly shared: Pick<ServiceFunctionProps, 'code' | 'release' | 'layers'>;
}

/** Tells operators what was used and what it cost. The counts are the event receiver's: it changes none. */
export class MeteringService extends Construct {
  readonly service: ServiceFunction;

  constructor(scope: Construct, id: string, { table, shared }: MeteringServiceProps) {
    super(scope, id);
    this.service = new ServiceFunction(this, 'Service', {
      ...shared,
      entry: 'metering',
      description: 'Tells operators what was used and what it cost',
      environment: { CONTROL_TABLE_NAME: table.tableName },
      timeout: Duration.seconds(28),
    });
    // It puts meters, and its requests' lines of the audit log.
    this.service.allow(['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem'], [table.tableArn]);
    this.service.allow(['dynamodb:Query'], [ControlTable.listArn(table)]);
  }
}
