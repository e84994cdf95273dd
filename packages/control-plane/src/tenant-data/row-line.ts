import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Row } from './row';

/** Bytes stand in a line as DynamoDB's own exports write them: base64 text. */
type Line = Readonly<Record<string, unknown>>;

/** One line of an archive's file: the row in DynamoDB's JSON, as its exports to S3 have it. */
export function rowLine(row: Row): string {
  return `${JSON.stringify({ Item: lineOf(row) })}\n`;
}

/** The row of a line. */
export function rowOfLine(line: string): Row {
  return rowOf((JSON.parse(line) as { readonly Item: Line }).Item);
}

function lineOf(row: Row): Line {
  return mapped(row, (value) => {
    if (value.M) return { M: lineOf(value.M) };
    if (value.L) return { L: value.L.map((each) => lineOf({ each }).each) };
    if (value.B) return { B: Buffer.from(value.B).toString('base64') };
    if (value.BS) return { BS: value.BS.map((bytes) => Buffer.from(bytes).toString('base64')) };
    return value;
  });
}

function rowOf(line: Line): Row {
  return mapped(line as Readonly<Record<string, Line>>, (value): AttributeValue => {
    if (value.M) return { M: rowOf(value.M as Line) } as AttributeValue;
    if (value.L)
      return { L: (value.L as readonly unknown[]).map((each) => rowOf({ each }).each) } as AttributeValue;
    if (value.B !== undefined) return { B: Buffer.from(String(value.B), 'base64') };
    if (value.BS) return { BS: (value.BS as readonly string[]).map((text) => Buffer.from(text, 'base64')) };
    return value as unknown as AttributeValue;
  });
}

function mapped<In, Out>(
  record: Readonly<Record<string, In>>,
  change: (value: In) => Out,
): Record<string, Out> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}
