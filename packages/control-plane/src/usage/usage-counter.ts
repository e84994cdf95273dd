import { meterIdSchema } from '@granary/api';
import * as z from 'zod';
import type { ControlTable, Item, ItemKey, Write } from '../control-table/control-table';
import { CorruptItemError } from '../control-table/record-codec';

/** In place of a tenant's id: what no tenant can be told to have used. No tenant's id begins so. */
export const SHARED = '@shared';

/** What is counted, of whom, when and where. */
export interface Counted {
  /** A tenant's id, or SHARED. */
  readonly owner: string;
  readonly meterId: string;
  /** `2026-11-24T22`, UTC. */
  readonly hour: string;
  readonly region: string;
}

/** What is added to a counter. */
export interface Amount {
  readonly quantity: number;
  readonly records: number;
  /** What of the quantity came after the hour was closed. */
  readonly late: number;
}

const amounts = {
  owner: z.string(),
  meterId: meterIdSchema,
  quantity: z.number(),
  records: z.number().int(),
  late: z.number(),
};

const hourCounterSchema = z.object({ ...amounts, hour: z.string() });
export type HourCounter = z.output<typeof hourCounterSchema>;

const monthCounterSchema = z.object({ ...amounts, month: z.string(), region: z.string() });
export type MonthCounter = z.output<typeof monthCounterSchema>;

export const usagePartition = (owner: string) => `USAGE#${owner}`;

/** Where something counts: the counter of its hour and that of its month. A month is the sum of its hours. */
export function countersOf({ owner, meterId, hour, region }: Counted): readonly [Counter, Counter] {
  const pk = usagePartition(owner);
  const month = hour.slice(0, 7);
  const whose = { owner, meterId };
  return [
    {
      key: { pk, sk: `${meterId}#${hour}` },
      says: { ...whose, hour, listPk: `USAGE#${meterId}#${hour.slice(0, 10)}`, listSk: `${hour}#${owner}` },
    },
    {
      key: { pk, sk: `MONTH#${month}#${meterId}#${region}` },
      says: {
        ...whose,
        month,
        region,
        listPk: `USAGE-MONTH#${month}`,
        listSk: `${owner}#${meterId}#${region}`,
      },
    },
  ];
}

/** A counter: where it is, and what it says besides its amounts. */
export interface Counter {
  readonly key: ItemKey;
  readonly says: Readonly<Record<string, string>>;
}

/** Adds to a counter. */
export function addTo({ key, says }: Counter, amount: Amount): Write {
  return { type: 'update', key, set: says, add: { ...amount }, expect: { kind: 'any' } };
}

/** One meter of one owner, hour by hour, both ends included. */
export async function readHours(
  table: ControlTable,
  {
    owner,
    meterId,
    from,
    to,
  }: Pick<Counted, 'owner' | 'meterId'> & { readonly from: string; readonly to: string },
): Promise<HourCounter[]> {
  const pk = usagePartition(owner);
  const items = await walk((after) =>
    table.query({
      pk,
      from: `${meterId}#${from}`,
      to: `${meterId}#${to}`,
      ...(after ? { after: after.sk } : {}),
      limit: PAGE,
    }),
  );
  return items.map((item) => decode(hourCounterSchema, item));
}

/** One meter of all owners in a day. May lag behind the counts by moments. */
export async function readDay(table: ControlTable, meterId: string, day: string): Promise<HourCounter[]> {
  const items = await walk((after) => table.list({ list: `USAGE#${meterId}#${day}`, ...rest(after) }));
  return items.map((item) => decode(hourCounterSchema, item));
}

/** All meters of one owner in a month. */
export async function readMonth(table: ControlTable, owner: string, month: string): Promise<MonthCounter[]> {
  const items = await walk((after) =>
    table.query({
      pk: usagePartition(owner),
      prefix: `MONTH#${month}#`,
      ...(after ? { after: after.sk } : {}),
      limit: PAGE,
    }),
  );
  return items.map((item) => decode(monthCounterSchema, item));
}

/** All meters of all owners in a month. May lag behind the counts by moments. */
export async function readAllOfMonth(table: ControlTable, month: string): Promise<MonthCounter[]> {
  const items = await walk((after) => table.list({ list: `USAGE-MONTH#${month}`, ...rest(after) }));
  return items.map((item) => decode(monthCounterSchema, item));
}

const PAGE = 500;

const rest = (after: Item | undefined) => ({ ...(after ? { after } : {}), limit: PAGE });

async function walk(
  page: (after: Item | undefined) => Promise<{ readonly items: readonly Item[]; readonly more: boolean }>,
): Promise<Item[]> {
  const all: Item[] = [];
  for (;;) {
    const { items, more } = await page(all.at(-1));
    all.push(...items);
    if (!more || items.length === 0) return all;
  }
}

function decode<Schema extends z.ZodType>(schema: Schema, item: Item): z.output<Schema> {
  const parsed = schema.safeParse(item);
  if (parsed.success) return parsed.data;
  throw new CorruptItemError(
    item,
    parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '),
  );
}
