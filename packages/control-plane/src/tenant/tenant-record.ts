import {
  operationIdSchema,
  operationKindSchema,
  quotaOverrideSchema,
  type Tenant,
  tenantIdSchema,
  tenantSchema,
} from '@granary/api';
import * as z from 'zod';
import type { ControlTable, ItemKey, Write } from '../control-table/control-table';
import type { Listing } from '../control-table/page';
import { recordCodec } from '../control-table/record-codec';

/** A tenant as it is stored. */
export const tenantRecordSchema = tenantSchema.extend({
  /** The onboarding that admits it, or did last: any older one has no say any more. */
  onboardingId: operationIdSchema,
  /** What is being done to it; one operation at a time. @default nothing */
  operation: z.object({ operationId: operationIdSchema, kind: operationKindSchema }).optional(),
  /** Id of its API key in the deployment's account; the value is kept there only. @default not created yet */
  usageKeyId: z.string().optional(),
  /** Middle part of the names of its key and its own plan: a move makes new ones beside the old. @default its id */
  accessName: z.string().optional(),
  /** Limits of its own, set by an operator. @default its tier's */
  override: quotaOverrideSchema.optional(),
  /** Whether someone may have been invited as its administrator: then the id stays theirs. */
  administrator: z.enum(['none', 'perhaps']),
  /** Grows by one with each write. */
  revision: z.number().int().min(1),
});
export type TenantRecord = z.output<typeof tenantRecordSchema>;

const LIST = 'TENANT';

export function tenantKey(tenantId: string): ItemKey {
  return { pk: `TENANT#${tenantId}`, sk: 'TENANT' };
}

export const tenantCodec = recordCodec(tenantRecordSchema, ({ tenantId }) => ({
  ...tenantKey(tenantId),
  listPk: LIST,
  listSk: tenantId,
}));

/** All tenants, by id. */
export const TENANT_LISTING: Listing<Tenant> = {
  list: LIST,
  places: /^[a-z][a-z0-9-]{1,30}[a-z0-9]$/,
  locate: (tenantId) => ({ ...tenantKey(tenantId), listPk: LIST, listSk: tenantId }),
  decode: (item) => tenantView(tenantCodec.decode(item)),
};

export async function readTenant(table: ControlTable, tenantId: string): Promise<TenantRecord | undefined> {
  const item = await table.get(tenantKey(tenantIdSchema.parse(tenantId)));
  return item && tenantCodec.decode(item);
}

/** Stores a changed tenant, unless somebody else changed it since it was read. */
export function replaceTenant(record: TenantRecord): Write {
  const item = tenantCodec.encode({ ...record, revision: record.revision + 1 });
  return { type: 'put', item, expect: { kind: 'equal', attribute: 'revision', value: record.revision } };
}

/** What operators see of a tenant. */
export function tenantView(record: TenantRecord): Tenant {
  return tenantSchema.parse(record);
}
