import { type SupportAccess, supportAccessIdSchema, supportAccessSchema, tierNameSchema } from '@granary/api';
import * as z from 'zod';
import type { Item, ItemKey } from '../control-table/control-table';
import type { Listing } from '../control-table/page';
import { recordCodec } from '../control-table/record-codec';

/** An access as it is stored. It never holds the password. */
export const supportRecordSchema = supportAccessSchema.extend({
  /** Where its user is, wherever the tenant has moved since. */
  deploymentId: z.string(),
  tier: tierNameSchema,
});
export type SupportRecord = z.output<typeof supportRecordSchema>;

export function supportKey(tenantId: string, accessId: string): ItemKey {
  return { pk: `TENANT#${tenantId}`, sk: `SUPPORT#${accessId}` };
}

const listOf = (tenantId: string) => `SUPPORT#${tenantId}`;

export const supportCodec = recordCodec(supportRecordSchema, ({ tenantId, accessId }) => ({
  ...supportKey(tenantId, accessId),
  listPk: listOf(tenantId),
  listSk: accessId,
}));

/** Accesses to a tenant, the last first. */
export function supportListing(tenantId: string): Listing<SupportAccess> {
  const list = listOf(tenantId);
  return {
    list,
    places: /^[0-9A-HJKMNP-TV-Z]{26}$/,
    locate: (accessId) => ({ ...supportKey(tenantId, accessId), listPk: list, listSk: accessId }),
    decode: (item) => supportAccessSchema.strip().parse(supportCodec.decode(item)),
    descending: true,
  };
}

/** Partition of the accesses whose users are still there, by the time of their end. */
export const DUE = 'SUPPORT-DUE';

const dueSchema = z.object({ tenantId: z.string(), accessId: supportAccessIdSchema });

export function dueItem({ tenantId, accessId, until }: SupportRecord): Item {
  return { pk: DUE, sk: `${until}#${accessId}`, tenantId, accessId };
}

/** What is to be ended. */
export function dueAccess(item: Item): z.output<typeof dueSchema> {
  return dueSchema.parse(item);
}
