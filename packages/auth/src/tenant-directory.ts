import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { tenantStatusSchema, tierNameSchema } from '@granary/api';
import * as z from 'zod';
import { TenantDirectoryError, TenantInactiveError } from './errors';
import { LruMap } from './lru-map';
import { usageKeyIdSchema } from './usage-key-id';

/** How long the authorizer may act on what it read of a tenant. */
export const DIRECTORY_TTL_SECONDS = 60;

/** A tenant that may be served. */
export interface ActiveTenant {
  readonly tenantId: string;
  /** The tier that holds now; a token names the tier at sign-in. */
  readonly tier: string;
  /** The value of the tenant's API key, by which the gateway counts its requests. Secret. */
  readonly usageKey: string;
  /** The key's id, which is no secret: usage is asked for by it. @default none known */
  readonly usageKeyId?: string;
}

/** The tenants of this deployment. */
export interface TenantDirectory {
  /**
   * A tenant that may be served; what it says is at most DIRECTORY_TTL_SECONDS old.
   * @throws TenantInactiveError when its status is not active or it is unknown here, TenantDirectoryError
   */
  activeTenant(tenantId: string): Promise<ActiveTenant>;
}

/** Reads one row of the directory; undefined when there is none. */
export type ReadTenantRow = (tenantId: string) => Promise<unknown>;

/** How the directory is cached. */
export interface TenantDirectoryOptions {
  readonly read: ReadTenantRow;
  /** Milliseconds since the epoch. @default Date.now */
  readonly now?: () => number;
  /** Tenants that are remembered. @default 1000 */
  readonly capacity?: number;
}

const rowSchema = z.object({ status: tenantStatusSchema, tier: tierNameSchema });
const activeRowSchema = rowSchema.extend({
  usageKey: z.string().min(1).max(128),
  usageKeyId: usageKeyIdSchema.optional(),
});

/**
 * A directory that remembers active tenants only. A refusal is read anew each time, so that a tenant is let in
 * as soon as it is active; API Gateway's own cache keeps refused tokens from reading often.
 */
export function tenantDirectory({
  read,
  now = Date.now,
  capacity = 1000,
}: TenantDirectoryOptions): TenantDirectory {
  const known = new LruMap<string, { readonly tenant: ActiveTenant; readonly readAt: number }>(capacity);
  const reading = new Map<string, Promise<ActiveTenant>>();

  async function readAnew(tenantId: string): Promise<ActiveTenant> {
    // The age counts from before the read, or a slow read would stretch the bound.
    const readAt = now();
    known.delete(tenantId);
    const tenant = toActiveTenant(tenantId, await read(tenantId));
    known.set(tenantId, { tenant, readAt });
    return tenant;
  }

  return {
    async activeTenant(tenantId) {
      const entry = known.get(tenantId);
      if (entry && now() - entry.readAt < DIRECTORY_TTL_SECONDS * 1000) return entry.tenant;
      const pending = reading.get(tenantId) ?? readAnew(tenantId).finally(() => reading.delete(tenantId));
      reading.set(tenantId, pending);
      return pending;
    },
  };
}

/** Reads the directory's table, whose key is `tenantId`. Consistently: the deactivation bound has no room for lag. */
export function tenantRows(documents: DynamoDBDocumentClient, tableName: string): ReadTenantRow {
  return async (tenantId) => {
    const { Item } = await documents.send(
      new GetCommand({ TableName: tableName, Key: { tenantId }, ConsistentRead: true }),
    );
    return Item;
  };
}

function toActiveTenant(tenantId: string, row: unknown): ActiveTenant {
  if (row === undefined) throw new TenantInactiveError(tenantId, 'unknown');
  const { status } = parse(tenantId, rowSchema, row);
  if (status !== 'active') throw new TenantInactiveError(tenantId, status);
  const { tier, usageKey, usageKeyId } = parse(tenantId, activeRowSchema, row);
  return { tenantId, tier, usageKey, ...(usageKeyId ? { usageKeyId } : {}) };
}

function parse<Schema extends z.ZodType>(tenantId: string, schema: Schema, row: unknown): z.output<Schema> {
  const parsed = schema.safeParse(row);
  if (parsed.success) return parsed.data;
  const names = [...new Set(parsed.error.issues.map(({ path }) => String(path[0] ?? 'row')))];
  throw new TenantDirectoryError(tenantId, `missing or malformed ${names.join(', ')}`);
}
