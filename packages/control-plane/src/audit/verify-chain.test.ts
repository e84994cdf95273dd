import type { AuditEntry } from '@granary/api';
import fc from 'fast-check';
import { canonicalJson } from './canonical-json';
import { GENESIS, type Head, type Link, linkBehind, linkHash, START } from './chain';
import { verifyChain } from './verify-chain';

const AT = '2026-01-01T00:00:00.000Z';

function entry(index: number, changes: Partial<AuditEntry> = {}): AuditEntry {
  return {
    entryId: `entry-${String(index).padStart(6, '0')}`,
    at: AT,
    actor: { kind: 'operator', userName: 'olga', role: 'SystemAdmin' },
    action: 'putTenantQuota',
    tenantId: 'acme',
    result: 'succeeded',
    ...changes,
  };
}

function chain(length: number): Link[] {
  const links: Link[] = [];
  for (let index = 0; index < length; index += 1)
    links.push(linkBehind(links.at(-1) ?? START, 'acme', entry(index), AT));
  return links;
}

const headOf = ({ sequence, hash }: Link): Head => ({ sequence, hash });
const verify = (stored: readonly unknown[], anchors: readonly Head[] = []) =>
  verifyChain({ chain: 'acme', stored, anchors });

test('a chain that nobody touched is whole to its end', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 30 }), async (length) => {
      const links = chain(length);
      const last = links.at(-1);
      expect(await verify(links, links.map(headOf))).toEqual({
        head: last ? headOf(last) : { sequence: 0, hash: GENESIS },
        anchors: length,
      });
    }),
    { numRuns: 20 },
  );
});

const place = fc.integer({ min: 0, max: 11 });

/** What somebody with the rights of the table's owner could do to one place of a chain of twelve. */
const CHANGES: readonly [string, (link: Link) => unknown][] = [
  ['the actor', (link) => ({ ...link, entry: entry(1, { actor: { kind: 'anonymous' } }) })],
  ['the result', (link) => ({ ...link, entry: { ...link.entry, result: 'refused' } })],
  ['the tenant', (link) => ({ ...link, entry: { ...link.entry, tenantId: 'globex' } })],
  ['when it was recorded', (link) => ({ ...link, recordedAt: '2026-01-02T00:00:00.000Z' })],
  ['a field that is added', (link) => ({ ...link, entry: { ...link.entry, note: 'x' } })],
  ['a field beside the entry', (link) => ({ ...link, note: 'x' })],
  ['the chain that it says it is of', (link) => ({ ...link, chain: 'globex' })],
  ['the hash', (link) => ({ ...link, hash: 'f'.repeat(64) })],
  ['everything', () => ({ gone: true })],
  ['all of it, hash included', (link) => rehashed(link, { result: 'failed' })],
];

function rehashed(link: Link, changes: Partial<AuditEntry>): Link {
  const changed = { ...link, entry: { ...link.entry, ...changes } };
  return { ...changed, hash: linkHash(changed, changed.previousHash) };
}

test.each(CHANGES)('a change of %s is found', async (what, change) => {
  await fc.assert(
    fc.asyncProperty(place, async (index) => {
      const links: unknown[] = chain(12);
      links[index] = change(links[index] as Link);
      const { broken, head } = await verify(links, chain(12).slice(-1).map(headOf));
      // With its hash made anew the line is consistent in itself: the one behind it tells, or the anchor.
      const expected = what.startsWith('all of it') && index < 11 ? index + 2 : index + 1;
      expect(broken?.sequence).toBe(expected);
      expect(head.sequence).toBe(expected - 1);
    }),
    { numRuns: 15 },
  );
});

test('a line that is taken out is found where it was', async () => {
  await fc.assert(
    fc.asyncProperty(place, async (index) => {
      const links = chain(12);
      const anchors = links.slice(-1).map(headOf);
      links.splice(index, 1);
      expect(await verify(links, anchors)).toMatchObject({
        broken: { sequence: index + 1, fault: 'missing' },
      });
    }),
  );
});

test('lines that are taken out with those behind them renumbered are found', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 10 }), async (index) => {
      const links = chain(12);
      links.splice(index, 1);
      const renumbered = links.map((link, at) => ({ ...link, sequence: at + 1 }));
      expect((await verify(renumbered)).broken?.sequence).toBe(index + 1);
    }),
  );
});

test('two lines that changed places are found at the first of them', async () => {
  await fc.assert(
    fc.asyncProperty(place, place, async (one, other) => {
      fc.pre(one !== other);
      const links = chain(12);
      const [first, second] = [Math.min(one, other), Math.max(one, other)];
      [links[first], links[second]] = [
        { ...(links[second] as Link), sequence: first + 1 },
        { ...(links[first] as Link), sequence: second + 1 },
      ];
      expect((await verify(links)).broken?.sequence).toBe(first + 1);
    }),
  );
});

test('a line that is put in is found where it is, or right behind it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 11 }), async (index) => {
      const links = chain(12);
      const before = index === 0 ? START : headOf(links[index - 1] as Link);
      const forged = linkBehind(before, 'acme', entry(99), AT);
      const stored = [
        ...links.slice(0, index),
        forged,
        ...links.slice(index).map((link) => ({ ...link, sequence: link.sequence + 1 })),
      ];
      expect((await verify(stored)).broken?.sequence).toBe(index + 2);
    }),
  );
});

test('a chain that was written anew from some place on is found by the anchor behind it', async () => {
  await fc.assert(
    fc.asyncProperty(place, async (index) => {
      const links = chain(12);
      const anchors = [headOf(links[11] as Link)];
      const forged = links.slice(0, index);
      for (let at = index; at < 12; at += 1) {
        const last = forged.at(-1);
        const head = last ? headOf(last) : START;
        forged.push(linkBehind(head, 'acme', entry(at, { result: 'failed' }), AT));
      }
      expect((await verify(forged)).broken).toBeUndefined();
      expect((await verify(forged, anchors)).broken).toEqual({ sequence: 12, fault: 'not-as-anchored' });
    }),
  );
});

test('a chain that was cut off behind some place is found by the anchor that it lacks', async () => {
  await fc.assert(
    fc.asyncProperty(place, async (index) => {
      const links = chain(12);
      const anchors = [headOf(links[11] as Link)];
      expect((await verify(links.slice(0, index), anchors)).broken).toEqual({
        sequence: index + 1,
        fault: 'missing',
      });
    }),
  );
});

test('a walk goes on behind a line, and stops when it saw enough', async () => {
  const links = chain(12);
  const first = await verifyChain({ chain: 'acme', stored: links, anchors: [], limit: 5 });
  expect(first.head.sequence).toBe(5);
  const rest = await verifyChain({ chain: 'acme', stored: links.slice(5), anchors: [], from: first.head });
  expect(rest).toEqual({ head: headOf(links[11] as Link), anchors: 0 });
});

test('canonical JSON is the same whatever the order of the fields, and differs by value', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const turned = Object.fromEntries(Object.entries(value).reverse());
      expect(canonicalJson(turned)).toBe(canonicalJson(value));
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});
