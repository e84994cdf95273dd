import fc from 'fast-check';
import { LruMap } from './lru-map';

it('never holds more than its capacity, and always what was set last', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), fc.array(fc.nat(9)), (capacity, keys) => {
      const map = new LruMap<number, string>(capacity);
      for (const key of keys) {
        map.set(key, `value-${key}`);
        expect(map.size).toBeLessThanOrEqual(capacity);
        expect(map.get(key)).toBe(`value-${key}`);
      }
    }),
  );
});

it('reading an entry keeps it', () => {
  const map = new LruMap<string, number>(2);
  map.set('a', 1);
  map.set('b', 2);
  map.get('a');
  map.set('c', 3);
  expect([map.get('a'), map.get('b'), map.get('c')]).toEqual([1, undefined, 3]);
});

it('setting an entry again does not push another out', () => {
  const map = new LruMap<string, number>(2);
  map.set('a', 1);
  map.set('b', 2);
  map.set('a', 3);
  expect([map.get('a'), map.get('b')]).toEqual([3, 2]);
});
