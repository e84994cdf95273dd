import type * as z from 'zod';
import { ControlPlaneError } from '../control-plane-error';
import type { Item, ItemKey } from './control-table';

/** An item that no version of this program wrote, or that somebody edited by hand. */
export class CorruptItemError extends ControlPlaneError {
  readonly name = 'CorruptItemError';

  constructor(key: ItemKey, faults: string) {
    super(`item ${key.pk} / ${key.sk} of the control table is corrupt: ${faults}; correct it by hand`);
  }
}

/** Where a record lives: its key and, when it is listed, its place in the index. */
export interface Placement extends ItemKey {
  readonly listPk?: string;
  readonly listSk?: string;
}

/** Between a record and its item. */
export interface RecordCodec<Value> {
  encode(record: Value): Item;
  /** @throws CorruptItemError when the item is not such a record */
  decode(item: Item): Value;
}

export function recordCodec<Schema extends z.ZodObject>(
  schema: Schema,
  place: (record: z.output<Schema>) => Placement,
): RecordCodec<z.output<Schema>> {
  return {
    // Parsed on the way in too: what is no attribute of the record is left out.
    encode: (record) => ({ ...schema.parse(record), ...place(record) }),
    decode(item) {
      const parsed = schema.safeParse(item);
      if (parsed.success) return parsed.data;
      const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
      throw new CorruptItemError(item, faults.join('; '));
    },
  };
}
