import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeSections } from './page';

test('each section takes its place in the page, and what people wrote stays', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'granary-bench-page-'));
  const file = join(folder, 'page.md');
  const section = (title: string, value: number) => ({
    title,
    command: `pnpm bench ${title}`,
    figures: [{ what: 'time', value, unit: 's' as const }],
  });
  const taken = { date: '2026-01-02', machine: '2 cores' };
  try {
    writeFileSync(file, '# Benchmarks\n\nWords.\n');
    await writeSections(file, [section('One', 1), section('Two', 2)], taken);
    await writeSections(file, [section('One', 3)], taken);
    const page = readFileSync(file, 'utf8');
    expect(page).toMatch(/^# Benchmarks\n\nWords\.\n\n## One\n/);
    expect(page).toContain('| time | 3.0 s |');
    expect(page).not.toContain('| time | 1.0 s |');
    expect(page.match(/^## /gm)).toHaveLength(2);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
