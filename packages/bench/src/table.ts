/** One measured figure. */
export interface Row {
  readonly what: string;
  /** With its unit, as a reader wants it: `12.3 ms`, `1.4x`. */
  readonly figure: string;
  /** How it was taken, or what it is to be compared with. @default nothing */
  readonly note?: string;
}

/** The figures of one command. */
export interface Table {
  /** The command, as anyone can type it at the root of the project. */
  readonly command: string;
  readonly title: string;
  readonly rows: readonly Row[];
}

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** A table as Markdown: it reads well on a terminal too. */
export function renderTable(
  table: Table,
  taken: { readonly date: string; readonly machine: string },
): string {
  return [
    `## ${table.title}`,
    '',
    `\`${table.command}\` on ${taken.date}, ${taken.machine}`,
    '',
    '| what | figure | note |',
    '|---|---|---|',
    ...table.rows.map(
      ({ what, figure, note }) => `| ${cell(what)} | ${cell(figure)} | ${cell(note ?? '')} |`,
    ),
    '',
  ].join('\n');
}

/** Replaces the section of the same title in a page, or appends it. Other sections stay as they are. */
export function replaceSection(page: string, section: string): string {
  const title = section.slice(0, section.indexOf('\n'));
  const sections = page.split(/^(?=## )/m);
  const at = sections.findIndex((known) => known.startsWith(`${title}\n`));
  if (at === -1) sections.push(page === '' || page.endsWith('\n\n') ? section : `\n${section}`);
  else sections[at] = at === sections.length - 1 ? section : `${section}\n`;
  return sections.join('');
}
