import { RemovalPolicy } from 'aws-cdk-lib';
import {
  type Attribute,
  AttributeType,
  BillingMode,
  Table,
  TableEncryption,
  type TableProps,
} from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';

/** A table that outlives its stack, as all that holds customers' data does. */
export function durableTable(
  scope: Construct,
  id: string,
  partitionKey: string,
  sortKey?: string,
  more: Pick<TableProps, 'stream' | 'timeToLiveAttribute'> = {},
): Table {
  return new Table(scope, id, {
    partitionKey: text(partitionKey),
    ...(sortKey ? { sortKey: text(sortKey) } : {}),
    billingMode: BillingMode.PAY_PER_REQUEST,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    // With a KMS key, every tenant's session policy would have to allow the key as well.
    encryption: TableEncryption.DEFAULT,
    deletionProtection: true,
    removalPolicy: RemovalPolicy.RETAIN,
    ...more,
  });
}

/** A key attribute of type string. */
export function text(name: string): Attribute {
  return { name, type: AttributeType.STRING };
}

/** What a deployment stores: its tenants' rows, and the directory of the tenants. */
export class TenantTables extends Construct {
  /** Keys `pk` (`TENANT#<id>#<shard>`) and `sk`. */
  readonly products: Table;
  /** Keys `pk` (`TENANT#<id>#<shard>`) and `sk`. */
  readonly orders: Table;
  /** Key `tenantId`: status, tier and usage key of each tenant, for the authorizer. */
  readonly tenants: Table;
  /** Keys `pk` (`TENANT#<id>`) and `sk`: the directory of users, beyond the reach of tenants' sessions. */
  readonly users: Table;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.products = durableTable(this, 'Products', 'pk', 'sk');
    this.orders = durableTable(this, 'Orders', 'pk', 'sk');
    this.tenants = durableTable(this, 'Tenants', 'tenantId');
    this.users = durableTable(this, 'Users', 'pk', 'sk', { timeToLiveAttribute: 'expiresAt' });
  }
}
