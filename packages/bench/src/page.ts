import { readFile, writeFile } from 'node:fs/promises';
import { type Section, tableOf } from './figure';
import { renderTable, replaceSection } from './table';

/** When and where figures were taken. */
export interface Taken {
  /** ISO 8601, the day. */
  readonly date: string;
  readonly machine: string;
}

export function renderSections(sections: readonly Section[], taken: Taken): readonly string[] {
  return sections.map((section) => renderTable(tableOf(section), taken));
}

/** Replaces the sections in a page; all else in it stays. */
export async function writeSections(file: string, sections: readonly Section[], taken: Taken): Promise<void> {
  const page = await readFile(file, 'utf8');
  await writeFile(file, renderSections(sections, taken).reduce(replaceSection, page));
}
