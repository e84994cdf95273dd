import { chartScale, shownLabels } from './chart-scale';

test.each([
  [1200, [0, 500, 1000, 1500]],
  [7, [0, 2, 4, 6, 8]],
  [0.3, [0, 0.1, 0.2, 0.3]],
  [100, [0, 25, 50, 75, 100]],
  [1, [0, 0.25, 0.5, 0.75, 1]],
])('the marks of a chart up to %d are round and reach it', (largest, marks) => {
  expect(chartScale(largest)).toEqual(marks);
});

test.each([0, -1, Number.NaN])('a chart of nothing still has a scale: %d', (largest) => {
  expect(chartScale(largest)).toEqual([0, 1]);
});

test('labels that would not fit are left out, but for the last one', () => {
  const shown = shownLabels(30, 6);
  expect(Array.from({ length: 30 }, (_, index) => index).filter(shown)).toEqual([4, 9, 14, 19, 24, 29]);
  expect([0, 1, 2].every(shownLabels(3, 6))).toBe(true);
});
