import { visibleLength } from '../terminal';

export interface Column<Row> {
  readonly title: string;
  readonly value: (row: Row) => string;
  /** @default 'left' */
  readonly align?: 'left' | 'right';
}

/**
 * Rows as aligned lines under their titles, without a blank at a line's end.
 *
 * @param style of the title line; the text is given back unchanged unless it says otherwise
 */
export function table<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  style: (text: string) => string = (text) => text,
): string[] {
  const cells = rows.map((row) => columns.map(({ value }) => value(row)));
  const widths = columns.map(({ title }, index) =>
    Math.max(title.length, ...cells.map((row) => visibleLength(row[index] ?? ''))),
  );
  const join = (texts: readonly string[]) =>
    texts
      .map((text, index) => {
        const space = ' '.repeat((widths[index] ?? 0) - visibleLength(text));
        return columns[index]?.align === 'right' ? space + text : text + space;
      })
      .join('  ')
      .trimEnd();
  return [style(join(columns.map(({ title }) => title.toUpperCase()))), ...cells.map(join)];
}

/** Lines moved to the right. */
export function indent(lines: readonly string[], columns = 2): string[] {
  return lines.map((line) => (line ? ' '.repeat(columns) + line : ''));
}
