import * as z from 'zod';
import { type ControlTable, type ItemKey, WriteRefusedError } from '../control-table/control-table';
import { recordCodec } from '../control-table/record-codec';
import { TenantDataRefusedError } from './tenant-data-error';

/** Who stopped a tenant's writes in a deployment, and when. */
const freezeSchema = z.object({
  tenantId: z.string(),
  deploymentId: z.string(),
  operationId: z.string(),
  frozenAt: z.iso.datetime(),
});
export type FreezeRecord = z.output<typeof freezeSchema>;

type Place = Pick<FreezeRecord, 'tenantId' | 'deploymentId'>;

const keyOf = ({ tenantId, deploymentId }: Place): ItemKey => ({
  pk: `TENANT#${tenantId}`,
  sk: `FREEZE#${deploymentId}`,
});
const codec = recordCodec(freezeSchema, keyOf);

export async function readFreeze(table: ControlTable, place: Place): Promise<FreezeRecord | undefined> {
  const item = await table.get(keyOf(place));
  return item && codec.decode(item);
}

/**
 * Takes the freeze for an operation.
 * @returns the one that holds: an earlier one of the same operation, or this
 * @throws TenantDataRefusedError when another operation has it
 */
export async function takeFreeze(table: ControlTable, record: FreezeRecord): Promise<FreezeRecord> {
  try {
    await table.write([{ type: 'put', item: codec.encode(record), expect: { kind: 'absent' } }]);
    return record;
  } catch (error) {
    if (!(error instanceof WriteRefusedError)) throw error;
    const held = await readFreeze(table, record);
    if (held?.operationId === record.operationId) return held;
    throw new TenantDataRefusedError(
      `tenant "${record.tenantId}" is frozen in "${record.deploymentId}" by operation ${held?.operationId ?? 'unknown'}; end that one first`,
    );
  }
}

/** Gives it up; fine when the operation does not hold it. */
export async function dropFreeze(table: ControlTable, place: Place, operationId: string): Promise<void> {
  const expect = { kind: 'equal', attribute: 'operationId', value: operationId } as const;
  try {
    await table.write([{ type: 'delete', key: keyOf(place), expect }]);
  } catch (error) {
    if (!(error instanceof WriteRefusedError)) throw error;
  }
}
