import { type DynamoDBDocumentClient, paginateQuery } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { LruMap } from '../lru-map';
import { DIRECTORY_TTL_SECONDS } from '../tenant-directory';

/** How long a token lives at most, with room for clocks: an ending is of no use after it. */
export const ENDING_SECONDS = 35 * 60;

const endedSchema = z.object({ userId: z.string(), endedAt: z.number() });

/** When each user's tokens ended, in seconds since the epoch; tokens issued later hold again. */
export type Endings = ReadonlyMap<string, number>;

/** The row of an ending. It sorts by its time, so that readers meet those that still matter only. */
export function endedItem(pk: string, { userId, at }: { readonly userId: string; readonly at: Date }) {
  const endedAt = Math.floor(at.getTime() / 1000);
  return { pk, sk: `ENDED#${at.toISOString()}#${userId}`, userId, endedAt, expiresAt: endedAt + 24 * 3600 };
}

/** The partition of the operators, in the control table. */
export const OPERATORS = 'OPERATORS';

/** The partition of a tenant's users. */
export function userPartition(tenantId: string): string {
  return `TENANT#${tenantId}`;
}

/** Reads the endings of a realm that still matter, consistently. */
export function endedRows(client: DynamoDBDocumentClient, TableName: string, now: () => number = Date.now) {
  return async (pk: string): Promise<Endings> => {
    const from = new Date(now() - ENDING_SECONDS * 1000).toISOString();
    const endings = new Map<string, number>();
    const pages = paginateQuery(
      { client },
      {
        TableName,
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
        ExpressionAttributeValues: { ':pk': pk, ':from': `ENDED#${from}`, ':to': 'ENDED#~' },
        ConsistentRead: true,
      },
    );
    for await (const { Items = [] } of pages)
      for (const item of Items) {
        const { userId, endedAt } = endedSchema.parse(item);
        endings.set(userId, Math.max(endedAt, endings.get(userId) ?? 0));
      }
    return endings;
  };
}

/** Who was put out, changed role or was deleted while tokens of theirs still lived. */
export interface EndedSessions {
  /**
   * Whether a user's token of that time has ended; what it says is at most DIRECTORY_TTL_SECONDS old.
   * @param issuedAt seconds since the epoch
   */
  hasEnded(pk: string, userId: string, issuedAt: number): Promise<boolean>;
}

export interface EndedSessionsOptions {
  readonly read: (pk: string) => Promise<Endings>;
  /** Milliseconds since the epoch. @default Date.now */
  readonly now?: () => number;
}

/** Remembers a realm's endings as long as the directory of tenants is remembered: one bound for both. */
export function endedSessions({ read, now = Date.now }: EndedSessionsOptions): EndedSessions {
  const known = new LruMap<string, { readonly endings: Endings; readonly readAt: number }>(1000);
  const reading = new Map<string, Promise<Endings>>();
  const readAnew = async (pk: string) => {
    const readAt = now();
    const endings = await read(pk);
    known.set(pk, { endings, readAt });
    return endings;
  };
  const endingsOf = (pk: string) => {
    const entry = known.get(pk);
    if (entry && now() - entry.readAt < DIRECTORY_TTL_SECONDS * 1000) return entry.endings;
    const pending = reading.get(pk) ?? readAnew(pk).finally(() => reading.delete(pk));
    reading.set(pk, pending);
    return pending;
  };
  return {
    async hasEnded(pk, userId, issuedAt) {
      const endedAt = (await endingsOf(pk)).get(userId);
      return endedAt !== undefined && issuedAt <= endedAt;
    },
  };
}
