import { createHash } from 'node:crypto';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';

/** A row as DynamoDB keeps it: nothing is lost on the way through JavaScript's numbers. */
export type Row = Readonly<Record<string, AttributeValue>>;

/** The row's sort key: `PRODUCT#01J...`. It names the row among all of the tenant's of one table. */
export function sortKeyOf(row: Row): string {
  return row.sk?.S ?? '';
}

/** What decides the row's shard: its sort key behind the kind. */
export function entityIdOf(sortKey: string): string {
  return sortKey.slice(sortKey.indexOf('#') + 1);
}

/**
 * The row's text, the same wherever the row lies: without its partition key, which holds the shard; names, and
 * members of sets, in order.
 */
export function canonicalText(row: Row): string {
  const { pk: _pk, ...rest } = row;
  return JSON.stringify(canonicalMap(rest));
}

/** sha256 of the row's text, as 64 hexadecimal digits. */
export function rowHash(row: Row): string {
  return createHash('sha256').update(canonicalText(row)).digest('hex');
}

function canonicalMap(map: Readonly<Record<string, AttributeValue>>): object {
  const names = Object.keys(map).sort();
  // A list of pairs: the order of an object's names is not ours to decide when they look like numbers.
  return names.map((name) => [name, canonicalValue(map[name] as AttributeValue)]);
}

function canonicalValue(value: AttributeValue): unknown {
  if (value.M) return { M: canonicalMap(value.M) };
  if (value.L) return { L: value.L.map(canonicalValue) };
  if (value.SS) return { SS: [...value.SS].sort() };
  if (value.NS) return { NS: [...value.NS].sort() };
  if (value.BS) return { BS: value.BS.map(base64).sort() };
  if (value.B) return { B: base64(value.B) };
  return value;
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
