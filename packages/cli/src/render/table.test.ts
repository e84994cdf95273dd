import { palette, visibleLength } from '../terminal';
import { indent, table } from './table';

const COLUMNS = [
  { title: 'name', value: (row: { name: string; count: string }) => row.name },
  { title: 'n', value: (row: { name: string; count: string }) => row.count, align: 'right' as const },
];

test('columns are as wide as their widest cell, and numbers stand to the right', () => {
  const rows = [
    { name: 'acme', count: '7' },
    { name: 'umbrella', count: '12' },
  ];
  expect(table(COLUMNS, rows)).toEqual(['NAME       N', 'acme       7', 'umbrella  12']);
});

test('colours take no room', () => {
  const { green } = palette(true);
  const [title = '', plain = '', coloured = ''] = table(COLUMNS, [
    { name: 'acme', count: '1' },
    { name: green('acme'), count: '1' },
  ]);
  expect(visibleLength(coloured)).toBe(plain.length);
  expect(title.length).toBe(plain.length);
});

test('a table without rows is its title, and no line ends in a blank', () => {
  expect(table(COLUMNS, [])).toEqual(['NAME  N']);
  expect(table(COLUMNS, [{ name: 'acme', count: '' }])[1]).toBe('acme');
});

test('an empty line stays empty when lines are moved to the right', () => {
  expect(indent(['one', ''])).toEqual(['  one', '']);
});
