import { createHash } from 'node:crypto';
import { REGION_UNKNOWN, type UsageRecord, usageRecordSchema } from '@granary/api';
import { type ControlTable, type Write, WriteRefusedError } from '../control-table/control-table';
import { type Amount, addTo, type Counter, countersOf, SHARED } from './usage-counter';
import { countedAt, forgottenAt } from './usage-hour';

export interface IngestUsageDependencies {
  readonly table: ControlTable;
  readonly now: () => Date;
}

/** What became of the records of a delivery. */
export interface IngestedUsage {
  readonly counted: number;
  /** Records that were counted before. */
  readonly duplicates: number;
  /** Records that will never count. They are kept for a look, and are not to be sent again. */
  readonly refused: readonly { readonly id: string | undefined; readonly reason: string }[];
}

/** A record that counts, and where. */
interface Countable {
  readonly record: UsageRecord;
  readonly owner: string;
  readonly hour: string;
  readonly late: boolean;
}

/** DynamoDB takes 100 writes in a transaction. */
const MAX_WRITES = 100;
/** How long a refused record stays, in seconds. */
const REFUSED_KEPT = 30 * 24 * 3600;

/**
 * Counts usage records, each once: the mark that a record was seen and the counters that it adds to are written in
 * one transaction, so the order, the number and the company of deliveries do not matter. When it throws, send the
 * same again.
 */
export async function ingestUsage(
  records: readonly unknown[],
  { table, now }: IngestUsageDependencies,
): Promise<IngestedUsage> {
  const at = now();
  const refused: { id: string | undefined; reason: string; record: unknown }[] = [];
  const countable = new Map<string, Countable>();
  let duplicates = 0;
  for (const given of records) {
    const parsed = usageRecordSchema.safeParse(given);
    const place = parsed.success ? countedAt(parsed.data.at, at) : undefined;
    if (!parsed.success || !place?.ok) {
      const reason = parsed.success ? (place as { reason: string }).reason : faults(parsed.error.issues);
      refused.push({ id: parsed.success ? parsed.data.id : undefined, reason, record: given });
      continue;
    }
    const record = parsed.data;
    const owner = record.tenantId ?? SHARED;
    const name = `${owner} ${record.id}`;
    if (countable.has(name)) duplicates += 1;
    else countable.set(name, { record, owner, hour: place.hour, late: place.late });
  }
  if (refused.length > 0) await keepRefused(table, refused, at);
  for (const batch of transactions([...countable.values()])) duplicates += await countOnce(table, batch);
  return {
    counted: records.length - duplicates - refused.length,
    duplicates,
    refused: refused.map(({ id, reason }) => ({ id, reason })),
  };
}

/** Counts what was not seen yet; gives how many were. */
async function countOnce(table: ControlTable, batch: readonly Countable[]): Promise<number> {
  let left = batch;
  while (left.length > 0) {
    const marks = left.map(mark);
    try {
      await table.write([...marks, ...counts(left)]);
      break;
    } catch (error) {
      if (!(error instanceof WriteRefusedError)) throw error;
      // Only marks expect anything: what they refuse was counted before, in whatever company.
      const seen = new Set(error.refused);
      left = left.filter((_, index) => !seen.has(index));
    }
  }
  return batch.length - left.length;
}

function mark({ record, owner }: Countable): Write {
  return {
    type: 'put',
    item: { pk: `USAGE-RECORD#${owner}#${record.id}`, sk: 'RECORD', expiresAt: forgottenAt(record.at) },
    expect: { kind: 'absent' },
  };
}

/** One write for each counter, however many records add to it: a transaction may write an item once. */
function counts(batch: readonly Countable[]): Write[] {
  const sums = new Map<string, { counter: Counter; amount: Amount }>();
  for (const each of batch)
    for (const [meterId, said] of Object.entries(each.record.meters)) {
      const quantity = thousandths(said);
      for (const counter of countersIn(each, meterId)) {
        const name = nameOf(counter);
        const before = sums.get(name)?.amount ?? { quantity: 0, records: 0, late: 0 };
        const amount = {
          quantity: thousandths(before.quantity + quantity),
          records: before.records + 1,
          late: thousandths(before.late + (each.late ? quantity : 0)),
        };
        sums.set(name, { counter, amount });
      }
    }
  return [...sums.values()].map(({ counter, amount }) => addTo(counter, amount));
}

/** Nothing is metered finer, and sums of thousandths are the same in any order. */
const thousandths = (value: number) => Math.round(value * 1000) / 1000;

const countersIn = ({ record, owner, hour }: Countable, meterId: string) =>
  countersOf({ owner, meterId, hour, region: record.region ?? REGION_UNKNOWN });

const nameOf = ({ key }: Counter) => `${key.pk} ${key.sk}`;

/** Cuts the records into few transactions that DynamoDB takes; those that share counters come together. */
function transactions(countable: readonly Countable[]): Countable[][] {
  const sorted = [...countable].sort((one, other) => (sortName(one) < sortName(other) ? -1 : 1));
  const batches: Countable[][] = [];
  let batch: Countable[] = [];
  let counters = new Set<string>();
  for (const each of sorted) {
    const own = Object.keys(each.record.meters).flatMap((meterId) => countersIn(each, meterId).map(nameOf));
    const grown = new Set([...counters, ...own]);
    const fits = batch.length + 1 + grown.size <= MAX_WRITES;
    if (!fits) batches.push(batch);
    batch = fits ? [...batch, each] : [each];
    counters = fits ? grown : new Set(own);
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}

const sortName = ({ record, owner, hour }: Countable) => `${owner} ${hour} ${record.id}`;

async function keepRefused(
  table: ControlTable,
  refused: readonly { readonly reason: string; readonly record: unknown }[],
  at: Date,
): Promise<void> {
  const items = new Map(
    refused.map(({ reason, record }) => {
      const text = JSON.stringify(record) ?? 'undefined';
      const sk = createHash('sha256').update(text).digest('hex');
      const expiresAt = Math.floor(at.getTime() / 1000) + REFUSED_KEPT;
      const pk = `USAGE-REFUSED#${at.toISOString().slice(0, 10)}`;
      return [sk, { pk, sk, reason, record: text.slice(0, 2000), expiresAt }];
    }),
  );
  const writes = [...items.values()].map((item): Write => ({ type: 'put', item, expect: { kind: 'any' } }));
  for (let at = 0; at < writes.length; at += MAX_WRITES) await table.write(writes.slice(at, at + MAX_WRITES));
}

function faults(
  issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[],
): string {
  return issues
    .map(({ path, message }) => `${path.join('.') || 'record'}: ${message}`)
    .join('; ')
    .slice(0, 500);
}
