import { EVENT_SOURCES } from '@granary/api';
import { Duration } from 'aws-cdk-lib';
import type { KeyValueStore } from 'aws-cdk-lib/aws-cloudfront';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { type IEventBus, Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { ControlTable } from '../control-table';
import { ServiceFunction, type ServiceFunctionProps } from '../service-function';

export interface TenantRoutingProps {
  readonly bus: IEventBus;
  /** The control table. */
  readonly table: Table;
  readonly store: KeyValueStore;
  readonly shared: Pick<ServiceFunctionProps, 'code' | 'layers'>;
}

/** Whatever opens or closes a tenant lies between the start and the end of an operation; a cut-over tells of itself. */
const EVENTS = [
  'granary_operationStarted',
  'granary_operationSucceeded',
  'granary_operationFailed',
  'granary_tenantMoved',
  'sbt_aws_activateRequest',
  'sbt_aws_deactivateRequest',
  'sbt_aws_offboardingRequest',
];
/** The longest that a change which no event told of stays unseen. */
export const RECONCILE = Duration.minutes(15);

/** Keeps the store at the edge saying what the control table says: by the plane's own events, and by the clock. */
export class TenantRouting extends Construct {
  constructor(scope: Construct, id: string, { bus, table, store, shared }: TenantRoutingProps) {
    super(scope, id);
    const service = new ServiceFunction(this, 'Service', {
      ...shared,
      entry: 'tenant-routing',
      description: 'Tells the edge where each tenant is',
      environment: { CONTROL_TABLE_NAME: table.tableName, ROUTING_STORE_ARN: store.keyValueStoreArn },
      timeout: Duration.minutes(2),
    });
    service.allow(['dynamodb:GetItem'], [table.tableArn]);
    service.allow(['dynamodb:Query'], [ControlTable.listArn(table)]);
    service.allow(
      [
        'cloudfront-keyvaluestore:DescribeKeyValueStore',
        'cloudfront-keyvaluestore:GetKey',
        'cloudfront-keyvaluestore:ListKeys',
        'cloudfront-keyvaluestore:UpdateKeys',
      ],
      [store.keyValueStoreArn],
    );
    const target = new LambdaFunction(service.alias);
    new Rule(this, 'Changes', {
      eventBus: bus,
      description: 'Tells of tenants that may have moved, opened or closed',
      eventPattern: { source: [EVENT_SOURCES.controlPlane], detailType: EVENTS },
      targets: [target],
    });
    new Rule(this, 'Clock', {
      description: 'Puts right what no event told of',
      schedule: Schedule.rate(RECONCILE),
      targets: [target],
    });
  }
}
