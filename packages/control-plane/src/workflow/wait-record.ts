import { operationIdSchema } from '@granary/api';
import * as z from 'zod';
import type { ControlTable, ItemKey, Write } from '../control-table/control-table';
import { recordCodec } from '../control-table/record-codec';

/** A step that somebody outside has to end. Whoever comes first, token or outcome, leaves it here for the other. */
export const waitRecordSchema = z.object({
  /** Such as `deployment:<id>`. */
  key: z.string().min(3).max(128),
  operationId: operationIdSchema,
  step: z.string(),
  openedAt: z.iso.datetime(),
  /** What the state machine goes on by. @default it does not wait yet */
  taskToken: z.string().optional(),
  /** @default not known yet */
  outcome: z.enum(['succeeded', 'failed']).optional(),
});
export type WaitRecord = z.output<typeof waitRecordSchema>;

export function waitKey(key: string): ItemKey {
  return { pk: `WAIT#${key}`, sk: 'WAIT' };
}

const waitCodec = recordCodec(waitRecordSchema, ({ key }) => waitKey(key));

export async function readWait(table: ControlTable, key: string): Promise<WaitRecord | undefined> {
  const item = await table.get(waitKey(key));
  return item && waitCodec.decode(item);
}

/** Opens a wait; one that another operation left open is over. */
export function openWait(record: WaitRecord): Write {
  return { type: 'put', item: waitCodec.encode(record), expect: { kind: 'any' } };
}

/** Closes a wait; fine when there is none. */
export function closeWait(key: string): Write {
  return { type: 'delete', key: waitKey(key), expect: { kind: 'any' } };
}

/** Leaves something for the other side of a wait that this operation opened. */
export function noteInWait(
  key: string,
  operationId: string,
  set: Partial<Pick<WaitRecord, 'taskToken' | 'outcome'>>,
): Write {
  const expect = { kind: 'equal', attribute: 'operationId', value: operationId } as const;
  return { type: 'update', key: waitKey(key), set, expect };
}
