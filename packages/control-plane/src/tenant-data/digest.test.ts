import fc from 'fast-check';
import { DigestSum, digestOfAll } from './digest';
import { rowHash } from './row';
import { rowLine, rowOfLine } from './row-line';
import { someRows } from './rows-for-tests';

const digestOf = (hashes: readonly string[]) => {
  const sum = new DigestSum();
  for (const hash of hashes) sum.add(hash);
  return sum.value;
};

it('is the same in any order and however it is split', () => {
  fc.assert(
    fc.property(someRows, fc.infiniteStream(fc.nat()), fc.nat(), (rows, order, cut) => {
      const hashes = rows.map(rowHash);
      const shuffled = hashes
        .map((hash) => ({ hash, at: order.next().value as number }))
        .sort((one, other) => one.at - other.at)
        .map(({ hash }) => hash);
      const at = cut % (hashes.length + 1);
      expect(digestOf(shuffled)).toEqual(digestOf(hashes));
      expect(digestOfAll([digestOf(hashes.slice(0, at)), digestOf(hashes.slice(at))])).toEqual(
        digestOf(hashes),
      );
    }),
  );
});

it('tells a row that stands twice from one that does not stand at all', () => {
  const hash = rowHash({ sk: { S: 'PRODUCT#1' } });
  expect(digestOf([hash, hash]).digest).not.toBe(digestOf([]).digest);
});

it('does not depend on the shard, the order of names, or the order in a set', () => {
  const one = { pk: { S: 'TENANT#acme#0' }, sk: { S: 'a' }, tags: { SS: ['x', 'y'] }, n: { N: '1' } };
  const other = { n: { N: '1' }, tags: { SS: ['y', 'x'] }, sk: { S: 'a' }, pk: { S: 'TENANT#acme#3' } };
  expect(rowHash(one)).toBe(rowHash(other));
  expect(rowHash(one)).not.toBe(rowHash({ ...one, n: { S: '1' } }));
});

it('survives a line of an archive', () => {
  fc.assert(
    fc.property(someRows, (rows) => {
      for (const row of rows) expect(rowHash(rowOfLine(rowLine(row)))).toBe(rowHash(row));
    }),
  );
});
