import { ProjectionType, StreamViewType, type Table } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { durableTable, text } from './tenant-tables';

/** Index of the control table that lists are read from. */
export const LIST_INDEX = 'list';

/** The control plane's one table. Its stream carries the outbox: `expiresAt` removes what was carried, in seconds. */
export class ControlTable extends Construct {
  /** Keys `pk` and `sk`; index `list` with `listPk` and `listSk`. */
  readonly table: Table;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.table = durableTable(this, 'Table', 'pk', 'sk', {
      stream: StreamViewType.NEW_IMAGE,
      timeToLiveAttribute: 'expiresAt',
    });
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
