import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { TENANT_CANARIES } from './canary';
import type { Field } from './field';

/** What root finds in the tables of all deployments. */
export interface Rows {
  /** The rows that nobody may have changed, as JSON, by tenant and id. */
  readonly guarded: ReadonlyMap<string, string>;
  /** Rows that hold another tenant's data, or lie in a partition of nobody: `table pk sk`. */
  readonly misplaced: readonly string[];
}

/** Reads all rows as root. */
export async function readRows(field: Field): Promise<Rows> {
  const guarded = new Map<string, string>();
  const misplaced: string[] = [];
  for (const { account, region, productTable, orderTable } of field.deployments) {
    const client = DynamoDBDocumentClient.from(new DynamoDBClient(field.cloud.clientConfig(account, region)));
    for (const TableName of [productTable, orderTable])
      for await (const { Items = [] } of paginateScan({ client }, { TableName }))
        for (const row of Items) {
          const owner = /^TENANT#([a-z][a-z0-9-]*)#\d+$/.exec(String(row.pk))?.[1];
          const text = JSON.stringify(row, Object.keys(row).sort());
          if (!owner || TENANT_CANARIES.ownersIn(JSON.stringify(row)).some((canary) => canary !== owner))
            misplaced.push(`${TableName} ${row.pk} ${row.sk}`);
          const tenant = field.tenants.find(({ tenantId }) => tenantId === owner);
          const first = [tenant?.products[0], tenant?.orders[0]];
          if (first.some((id) => id && String(row.sk).endsWith(id))) guarded.set(`${owner} ${row.sk}`, text);
        }
    client.destroy();
  }
  return { guarded, misplaced };
}

/** What differs between two readings, in words; nothing when all is well. */
export function damages(before: Rows, after: Rows): string[] {
  const changed = [...before.guarded].flatMap(([row, text]) => {
    const now = after.guarded.get(row);
    return now === text ? [] : [`${row} was ${now === undefined ? 'deleted' : 'changed'}`];
  });
  return [...changed, ...after.misplaced.map((row) => `${row} holds what is not its owner's`)];
}
