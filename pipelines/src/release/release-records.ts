import { ProjectionType, type Table } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { durableTable, text } from '../stacks/tenant-tables';

/** The release engine's table: runs, waves, versions. Key `pk` and `sk`; the index `list` is by `listPk` and `listSk`. */
export class ReleaseRecords extends Construct {
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

  get listArn(): string {
    return `${this.table.tableArn}/index/${LIST_INDEX}`;
  }
}

const LIST_INDEX = 'list';
