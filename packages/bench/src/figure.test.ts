import { type Figure, formatValue, meetsAim, tableOf } from './figure';

test.each([
  [12.345, 'ms', '12.3 ms'],
  [239.96, 's', '240.0 s'],
  [1.2, 'x', '1.20x'],
  [611.6, 'MB', '612 MB'],
  [3.049, '$', '$3.05'],
] as const)('%d %s reads as %s', (value, unit, text) => {
  expect(formatValue(value, unit)).toBe(text);
});

const start: Figure = { what: 'start', value: 100, unit: 's' };

test.each([
  [start, undefined],
  [{ ...start, aim: 100 }, true],
  [{ ...start, aim: 99 }, false],
])('%j meets its aim: %s', (figure, expected) => {
  expect(meetsAim(figure)).toBe(expected);
});

test('a row says whether the aim was met, then how the figure was taken', () => {
  const figures: Figure[] = [
    { ...start, aim: 60, note: 'warm caches' },
    { ...start, note: 'warm caches' },
    start,
  ];
  expect(tableOf({ title: 'Start', command: 'pnpm bench start', figures }).rows).toEqual([
    { what: 'start', figure: '100.0 s', note: 'aim: at most 60.0 s, missed; warm caches' },
    { what: 'start', figure: '100.0 s', note: 'warm caches' },
    { what: 'start', figure: '100.0 s' },
  ]);
});
