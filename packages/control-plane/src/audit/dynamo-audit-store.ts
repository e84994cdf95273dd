import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';
import type { AuditPage, AuditSearch, AuditStore } from './audit-store';
import { type Head, type Link, linkSchema, START } from './chain';
import { CHAINS, chainKey, dayOf, entryKey, linkItem, placeText, sequenceKey, storedLink } from './link-item';

type Row = Record<string, unknown>;

/** Reasons for which a transaction met another one, which moved the chain on. */
const MET_ANOTHER = new Set(['ConditionalCheckFailed', 'TransactionConflict']);

const DAY_MILLISECONDS = 24 * 3600 * 1000;

/** The audit table. It is only ever put to, and only where nothing is. */
export class DynamoAuditStore implements AuditStore {
  constructor(
    private readonly client: DynamoDBDocumentClient,
    private readonly tableName: string,
  ) {}

  async head(chain: string): Promise<Head> {
    const { Items } = await this.client.send(
      new QueryCommand({
        TableName: this.tableName,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': chainKey(chain) },
        ConsistentRead: true,
        ScanIndexForward: false,
        Limit: 1,
      }),
    );
    const [last] = Items ?? [];
    return last ? linkSchema.pick({ sequence: true, hash: true }).parse(last) : START;
  }

  async append(link: Link): Promise<'appended' | 'taken' | 'known'> {
    const { chain, sequence, entry } = link;
    const puts: Row[] = [
      linkItem(link),
      { pk: entryKey(entry.entryId), sk: 'ENTRY', inChain: chain, sequence },
      ...(sequence === 1 ? [{ pk: CHAINS, sk: chain }] : []),
    ];
    try {
      await this.client.send(
        new TransactWriteCommand({
          TransactItems: puts.map((Item) => ({
            Put: { TableName: this.tableName, Item, ConditionExpression: 'attribute_not_exists(pk)' },
          })),
        }),
      );
      return 'appended';
    } catch (error) {
      if (!(error instanceof TransactionCanceledException)) throw error;
      const codes = (error.CancellationReasons ?? []).map(({ Code }) => Code ?? 'None');
      if (codes[1] === 'ConditionalCheckFailed') return 'known';
      if (codes.some((code) => MET_ANOTHER.has(code))) return 'taken';
      throw error;
    }
  }

  async *walk(chain: string, after: number): AsyncIterable<unknown> {
    let from: Row | undefined;
    do {
      const { Items = [], LastEvaluatedKey } = await this.client.send(
        new QueryCommand({
          TableName: this.tableName,
          KeyConditionExpression: 'pk = :pk AND sk > :after',
          ExpressionAttributeValues: { ':pk': chainKey(chain), ':after': sequenceKey(after) },
          ConsistentRead: true,
          ...(from ? { ExclusiveStartKey: from } : {}),
        }),
      );
      for (const item of Items) yield storedLink(item);
      from = LastEvaluatedKey;
    } while (from);
  }

  async at(chain: string, sequence: number): Promise<Link | undefined> {
    const { Item } = await this.client.send(
      new GetCommand({
        TableName: this.tableName,
        Key: { pk: chainKey(chain), sk: sequenceKey(sequence) },
        ConsistentRead: true,
      }),
    );
    return Item ? linkSchema.parse(Item) : undefined;
  }

  async search(search: AuditSearch): Promise<AuditPage> {
    const { chain, limit } = search;
    if (chain !== undefined) return this.page('chain', chain, search, limit);
    const links: Link[] = [];
    for (const day of daysDown(search)) {
      const page = await this.page('day', day, search, limit - links.length);
      links.push(...page.links);
      if (page.more || links.length >= limit) return { links, more: true };
    }
    return { links, more: false };
  }

  async chains(): Promise<readonly string[]> {
    const found: string[] = [];
    let from: Row | undefined;
    do {
      const { Items = [], LastEvaluatedKey } = await this.client.send(
        new QueryCommand({
          TableName: this.tableName,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': CHAINS },
          ...(from ? { ExclusiveStartKey: from } : {}),
        }),
      );
      found.push(...Items.map(({ sk }) => String(sk)));
      from = LastEvaluatedKey;
    } while (from);
    return found;
  }

  /** A page of an index, whose partition key has the index's name. */
  private async page(index: 'chain' | 'day', value: string, { from, to, after }: AuditSearch, limit: number) {
    // A place begins with its time, so the bare time sorts before all that happened then.
    const upTo = after && after.at < to ? placeText(after) : to;
    const { Items = [] } = await this.client.send(
      new QueryCommand({
        TableName: this.tableName,
        IndexName: index,
        KeyConditionExpression: '#index = :value AND place BETWEEN :from AND :to',
        ExpressionAttributeNames: { '#index': index },
        ExpressionAttributeValues: { ':value': value, ':from': from, ':to': upTo },
        ScanIndexForward: false,
        // One to see whether there is more, one for the place itself, which BETWEEN includes.
        Limit: limit + 2,
      }),
    );
    const links = Items.filter(({ place }) => place !== upTo).map((item) => linkSchema.parse(item));
    return { links: links.slice(0, limit), more: links.length > limit };
  }
}

/** The days of a search, the newest first. */
function* daysDown({ from, to, after }: AuditSearch): Iterable<string> {
  const newest = after && after.at < to ? after.at : to;
  for (let time = Date.parse(newest); ; time -= DAY_MILLISECONDS) {
    const day = dayOf(new Date(time).toISOString());
    if (day < dayOf(from)) return;
    yield day;
  }
}
