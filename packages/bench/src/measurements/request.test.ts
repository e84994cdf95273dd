import { meetsAim } from '../figure';
import { requestFigures } from './request';

test('ours is told beside the bare engine, as a ratio that has an aim', () => {
  const figures = requestFigures([Array(100).fill(12), Array(100).fill(10)], [90, 100]);
  const ratios = figures.filter(({ unit }) => unit === 'x');
  expect(ratios.map(({ value }) => value)).toEqual([1.2, 1.2, 0.9]);
  expect(ratios.map(meetsAim)).toEqual([true, undefined, undefined]);
  expect(figures.filter(({ what }) => what.startsWith('bare')).map(({ value }) => value)).toEqual([
    10, 10, 100,
  ]);
});
