import { InvalidRequestProblem } from '@granary/api';
import * as z from 'zod';
import { type KeyKind, sortKey } from './entity-kind';

/** Where a page ended. It names no tenant: the tenant always comes from the caller's principal. */
export interface Position {
  readonly shard: number;
  /** Id of the page's last entity. */
  readonly entityId: string;
}

const tokenSchema = z.strictObject({ shard: z.int().min(0), sk: z.string() });

/** The opaque `nextToken` of a position. */
export function formatPageToken(kind: KeyKind, { shard, entityId }: Position): string {
  return Buffer.from(JSON.stringify({ shard, sk: sortKey(kind, entityId) })).toString('base64url');
}

/**
 * The position that a `nextToken` names.
 * @throws InvalidRequestProblem when it is none that `formatPageToken` makes for this kind and these shards
 */
export function parsePageToken(kind: KeyKind, shards: number, token: string): Position {
  const parsed = tokenSchema.safeParse(decode(token));
  const entityId = parsed.data?.sk.slice(sortKey(kind, '').length);
  if (!parsed.success || parsed.data.shard >= shards || !kind.idSchema.safeParse(entityId).success)
    throw invalidToken();
  const position = { shard: parsed.data.shard, entityId: entityId as string };
  // One spelling per position: base64 forgives padding and stray characters, JSON spaces and order.
  if (formatPageToken(kind, position) !== token) throw invalidToken();
  return position;
}

function decode(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

function invalidToken(): InvalidRequestProblem {
  return new InvalidRequestProblem([
    {
      in: 'query',
      pointer: 'nextToken',
      message: 'must be the nextToken of the page before, unchanged; leave it out to start anew',
    },
  ]);
}
