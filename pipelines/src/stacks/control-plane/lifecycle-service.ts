import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { ControlTable } from '../control-table';
import { ServiceFunction, type ServiceFunctionProps } from '../service-function';
import type { Workflows } from './workflows';

export interface LifecycleServiceProps {
  readonly tiers: Readonly<Record<string, object>>;
  readonly table: Table;
  readonly workflows: Workflows;
  readonly shared: Pick<ServiceFunctionProps, 'code' | 'release' | 'layers'>;
}

/** Takes requests for changes of a tenant's life and begins their workflows. It reaches no deployment. */
export class LifecycleService extends Construct {
  readonly service: ServiceFunction;

  constructor(scope: Construct, id: string, { tiers, table, workflows, shared }: LifecycleServiceProps) {
    super(scope, id);
    this.service = new ServiceFunction(this, 'Service', {
      ...shared,
      entry: 'lifecycle',
      description: 'Activates, deactivates, moves and offboards tenants, and changes their tiers',
      environment: {
        CONTROL_TABLE_NAME: table.tableName,
        WORKFLOW_MACHINES: workflows.setting,
        TIERS: JSON.stringify(tiers),
      },
    });
    this.service.allow(
      ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:ConditionCheckItem'],
      [table.tableArn],
    );
    this.service.allow(['dynamodb:Query'], [ControlTable.listArn(table)]);
    workflows.allowStart(this.service);
  }
}
