import { renderTable, replaceSection } from './table';

const taken = { date: '2026-01-02', machine: '2 cores' };
const section = (title: string, figure: string) =>
  renderTable({ title, command: `bench ${title}`, rows: [{ what: 'time', figure }] }, taken);

test('a table says what was measured, by which command, when and where', () => {
  expect(section('Start', '3 s')).toBe(
    '## Start\n\n`bench Start` on 2026-01-02, 2 cores\n\n| what | figure | note |\n|---|---|---|\n| time | 3 s |  |\n',
  );
});

test('a text cannot break out of its cell', () => {
  expect(section('Start', 'a|b\nc')).toContain('| a\\|b c |');
});

test('a new section is appended, an old one replaced in place, others are kept', () => {
  const first = replaceSection('# Benchmarks\n\nIntro.\n\n', section('One', '1 s'));
  const both = replaceSection(first, section('Two', '2 s'));
  const again = replaceSection(both, section('One', '9 s'));
  expect(both).toContain('1 s');
  expect(again).toContain('9 s');
  expect(again).not.toContain('1 s |');
  expect(again.indexOf('## One')).toBeLessThan(again.indexOf('## Two'));
  expect(again.startsWith('# Benchmarks\n\nIntro.\n\n')).toBe(true);
  expect(replaceSection(again, section('One', '9 s'))).toBe(again);
});
