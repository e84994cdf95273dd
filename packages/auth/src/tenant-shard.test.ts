import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { shardHomes, shardOf } from './tenant-shard';

const id = fc.string({ minLength: 1, maxLength: 40 });
const shards = fc.integer({ min: 1, max: 64 });

it('gives a shard that exists', () => {
  fc.assert(
    fc.property(id, shards, (entityId, count) => {
      expect(shardHomes(entityId, count).every((home) => home >= 0 && home < count)).toBe(true);
    }),
  );
});

it('still knows the shard of every smaller count', () => {
  fc.assert(
    fc.property(id, shards, shards, (entityId, one, other) => {
      const [fewer, more] = [Math.min(one, other), Math.max(one, other)];
      expect(shardHomes(entityId, more)).toContain(shardOf(entityId, fewer));
    }),
  );
});

it('moves an id to a new shard only when shards are added', () => {
  fc.assert(
    fc.property(id, shards, (entityId, count) => {
      expect([shardOf(entityId, count), count]).toContain(shardOf(entityId, count + 1));
    }),
  );
});

it('spreads the ids of one moment evenly', () => {
  const counts = new Array<number>(8).fill(0);
  for (let at = 0; at < 8000; at += 1) {
    const shard = shardOf(randomUUID(), 8);
    counts[shard] = (counts[shard] ?? 0) + 1;
  }
  expect(Math.min(...counts)).toBeGreaterThan(800);
  expect(Math.max(...counts)).toBeLessThan(1200);
});

// Rows are stored by these numbers: another answer, and what was written before is lost.
const STORED = [
  { entityId: '01JD000000000000000000000A', homes: [56, 46, 41, 38, 29, 11, 7, 5, 1, 0] },
  { entityId: '01JD000000000000000000000B', homes: [24, 6, 0] },
  { entityId: '01JD000000000000000000000C', homes: [63, 46, 24, 10, 3, 2, 0] },
];

it.each(STORED)('never changes its mind about $entityId', ({ entityId, homes }) => {
  expect(shardHomes(entityId, 64)).toEqual(homes);
});
