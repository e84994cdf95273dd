import {
  auditActorSchema,
  operationIdSchema,
  operationKindSchema,
  operationStatusSchema,
  stepStatusSchema,
  tenantIdSchema,
} from '@granary/api';
import { monotonicFactory } from 'ulidx';
import * as z from 'zod';
import type { ControlTable, Item, ItemKey, Write } from '../control-table/control-table';
import type { Listing } from '../control-table/page';
import { recordCodec } from '../control-table/record-codec';
import { FAILURE_REASONS } from './failure-reason';

/** What became of one step. */
export const stepRecordSchema = z.object({
  name: z.string(),
  status: stepStatusSchema,
  attempts: z.number().int().min(0),
  startedAt: z.iso.datetime().optional(),
  endedAt: z.iso.datetime().optional(),
  /** Why it failed last; a step that is undone keeps it. */
  reason: z.enum(FAILURE_REASONS).optional(),
  /** Key of the wait that it waits by. @default it does not wait */
  waitsFor: z.string().optional(),
  /** Between two calls of one attempt. @default false */
  repeating: z.boolean().optional(),
});
export type StepRecord = z.output<typeof stepRecordSchema>;

/** One run of a workflow for one tenant, as it is stored. */
export const operationRecordSchema = z.object({
  operationId: operationIdSchema,
  kind: operationKindSchema,
  tenantId: tenantIdSchema,
  /** What the kind's workflow was asked for; it holds no secret and no e-mail address. */
  input: z.record(z.string(), z.unknown()),
  /** What steps found out, for the steps after them. */
  facts: z.record(z.string(), z.unknown()),
  status: operationStatusSchema,
  /** Which way it goes, also while it is held as `failed`. */
  direction: z.enum(['do', 'undo']),
  /** Which execution of the state machine has the say: each retry and each cancellation starts the next. */
  run: z.number().int().min(1),
  /** Somebody wants it to end: the step at hand is its last. @default false */
  cancelling: z.boolean().optional(),
  /** In the workflow's order. */
  steps: z.array(stepRecordSchema).min(1),
  requestedBy: auditActorSchema,
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  /** Grows by one with each write. */
  revision: z.number().int().min(1),
});
export type OperationRecord = z.output<typeof operationRecordSchema>;

const LIST = 'OPERATION';

export function operationKey(operationId: string): ItemKey {
  return { pk: `OPERATION#${operationId}`, sk: 'OPERATION' };
}

export const operationCodec = recordCodec(operationRecordSchema, ({ operationId }) => ({
  ...operationKey(operationId),
  listPk: LIST,
  listSk: operationId,
}));

/** All operations, the newest first. */
export const OPERATION_LISTING: Listing<OperationRecord> = {
  list: LIST,
  places: /^[0-9A-HJKMNP-TV-Z]{26}$/,
  descending: true,
  locate: (operationId) => ({ ...operationKey(operationId), listPk: LIST, listSk: operationId }),
  decode: (item) => operationCodec.decode(item),
};

/** Where a tenant's operations are found: one item each, the id as sort key. */
export function tenantOperations(tenantId: string): string {
  return `OPERATION#${tenantId}`;
}

const newUlid = monotonicFactory();

export function newOperationId(): string {
  return newUlid();
}

export async function readOperation(
  table: ControlTable,
  operationId: string,
): Promise<OperationRecord | undefined> {
  const item = await table.get(operationKey(operationId));
  return item && operationCodec.decode(item);
}

/** A new operation, and its entry among its tenant's. */
export function storeNewOperation(record: OperationRecord): Write[] {
  const { operationId, tenantId, kind } = record;
  const entry: Item = { pk: tenantOperations(tenantId), sk: operationId, operationId, kind };
  return [
    { type: 'put', item: operationCodec.encode(record), expect: { kind: 'absent' } },
    { type: 'put', item: entry, expect: { kind: 'absent' } },
  ];
}

/** Stores a changed operation, unless somebody else changed it since it was read. */
export function replaceOperation(record: OperationRecord): Write {
  const item = operationCodec.encode({ ...record, revision: record.revision + 1 });
  return { type: 'put', item, expect: { kind: 'equal', attribute: 'revision', value: record.revision } };
}
