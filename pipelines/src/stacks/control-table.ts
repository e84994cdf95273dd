import { ProjectionType, type Table } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { durableTable, text } from './tenant-tables';

/** Index of the control table that lists are read from. */
export const LIST_INDEX = 'list';

/** The control plane's one table: registrations, tenants, deployments. */
export class ControlTable extends Construct {
  /** Keys `pk` and `sk`; index `list` with `listPk` and `listSk`. */
  readonly table: Table;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.table = durableTable(this, 'Table', 'pk', 'sk');
    this.table.addGlobalSecondaryIndex({
      indexName: LIST_INDEX,
      partitionKey: text('listPk'),
      sortKey: text('listSk'),
      projectionType: ProjectionType.ALL,
    });
  }

  /** ARN of the index. */
  static listArn(table: Table): string {
    return `${table.tableArn}/index/${LIST_INDEX}`;
  }
}
