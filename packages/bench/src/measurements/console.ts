import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { buildPages } from '@granary/hosting';
import { type EntryScripts, entryScripts } from '../console/entry-scripts';
import type { Figure } from '../figure';
import { commandOf, type Measurement } from './measurement';

/** The pages, and the most KB of JavaScript that each is meant to have, gzip. */
const AIMS = { 'sign-up': 200, tenant: 400, operator: 400 } as const;
const KB = 1024;

export const consoleMeasurement: Measurement = {
  name: 'console',
  summary: 'JavaScript of each page of the console, gzip',
  run: async ({ source, say }) => {
    say('building the pages');
    const folder = await buildPages({ workspace: source });
    const figures: Figure[] = [];
    for (const [entry, aim] of Object.entries(AIMS)) {
      const scripts = await scriptsOf(folder, entry);
      figures.push(...(await figuresOf(folder, entry, scripts, aim)));
    }
    return [{ title: 'JavaScript of the pages', command: commandOf('console'), figures }];
  },
};

async function scriptsOf(folder: string, entry: string): Promise<EntryScripts> {
  const page = await readFile(join(folder, `${entry}.html`), 'utf8');
  return entryScripts(page, (file) => readFile(join(folder, file), 'utf8'));
}

async function figuresOf(
  folder: string,
  entry: string,
  { first, all }: EntryScripts,
  aim: number,
): Promise<Figure[]> {
  return [
    {
      what: `${entry}: all JavaScript, gzip`,
      value: await gzipped(folder, all),
      unit: 'KB',
      aim,
      note: `${all.size} files, every part of it opened once`,
    },
    {
      what: `${entry}: of it before anything is shown`,
      value: await gzipped(folder, first),
      unit: 'KB',
    },
  ];
}

/** In KB, each file by itself, as it is sent. */
async function gzipped(folder: string, files: Iterable<string>): Promise<number> {
  let bytes = 0;
  for (const file of files) bytes += gzipSync(await readFile(join(folder, file)), { level: 9 }).byteLength;
  return bytes / KB;
}
