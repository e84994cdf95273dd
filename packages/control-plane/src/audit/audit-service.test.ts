import type { AuditEntry } from '@granary/api';
import fc from 'fast-check';
import { request, silentTelemetry } from '../rehearsal/gateway-event';
import { MemoryAuditStore } from '../rehearsal/memory-audit-store';
import { type Anchors, anchorHeads } from './anchors';
import { appendEntry } from './append-entry';
import { auditService } from './audit-service';
import type { Head, Link } from './chain';

const NOW = new Date('2026-02-01T00:00:00.000Z');
const day = (number: number) => `2026-01-${String(number).padStart(2, '0')}T00:00:00.000Z`;

const entry = (index: number, changes: Partial<AuditEntry> = {}): AuditEntry => ({
  entryId: `entry-${String(index).padStart(6, '0')}`,
  at: day(31),
  actor: { kind: 'operator', userName: 'olga', role: 'SystemAdmin' },
  action: 'putTenantQuota',
  tenantId: 'acme',
  result: 'succeeded',
  ...changes,
});

function memoryAnchors(): Anchors {
  const heads = new Map<string, Head[]>();
  return {
    put: async (chain, head) => void heads.set(chain, [...(heads.get(chain) ?? []), head]),
    list: async (chain) => heads.get(chain) ?? [],
  };
}

async function log(entries: readonly AuditEntry[], maxVerified?: number) {
  const store = new MemoryAuditStore();
  const anchors = memoryAnchors();
  for (const each of entries) await appendEntry(each, { store, now: () => NOW });
  const { telemetry } = silentTelemetry();
  const options = { store, anchors, now: () => NOW, telemetry };
  const handler = auditService({ ...options, ...(maxVerified ? { maxVerified } : {}) });
  const get = (resource: string, query: Record<string, string> = {}) =>
    request(handler, { method: 'GET', resource, query, role: 'CustomerSupport' });
  return { store, anchors, get };
}

test('lines are read by tenant, time, actor and action, the newest first', async () => {
  const { get } = await log([
    entry(1, { at: day(27) }),
    entry(2, { at: day(28), tenantId: 'globex' }),
    entry(3, { at: day(29), action: 'deleteTenantQuota' }),
    entry(4, { at: day(30), actor: { kind: 'platform', name: 'onboarding' } }),
    entry(5, { at: day(3) }),
  ]);
  const ids = async (query: Record<string, string>) =>
    (await get('/audit', query)).body.items.map(({ entryId }: AuditEntry) => Number(entryId.slice(-1)));
  expect(await ids({})).toEqual([4, 3, 2, 1]);
  expect(await ids({ tenantId: 'acme' })).toEqual([4, 3, 1]);
  expect(await ids({ tenantId: 'acme', from: '2026-01-01T00:00:00Z' })).toEqual([4, 3, 1, 5]);
  expect(await ids({ from: day(28), to: day(30) })).toEqual([3, 2]);
  expect(await ids({ actor: 'onboarding' })).toEqual([4]);
  expect(await ids({ action: 'deleteTenantQuota' })).toEqual([3]);
});

test('pages of any size hold every line once', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 30 }),
      fc.integer({ min: 1, max: 7 }),
      async (count, limit) => {
        const entries = Array.from({ length: count }, (_, index) =>
          entry(index, { at: day(26 + (index % 5)), ...(index % 3 ? {} : { tenantId: 'globex' }) }),
        );
        const { get } = await log(entries);
        const seen: string[] = [];
        let nextToken: string | undefined;
        do {
          const page = (await get('/audit', { limit: String(limit), ...(nextToken ? { nextToken } : {}) }))
            .body;
          seen.push(...page.items.map(({ entryId }: AuditEntry) => entryId));
          nextToken = page.nextToken;
        } while (nextToken);
        expect(seen.sort()).toEqual(entries.map(({ entryId }) => entryId));
      },
    ),
    { numRuns: 30 },
  );
});

test.each([
  ['a time that ends before it begins', { from: day(5), to: day(4) }],
  ['a token of nobody', { nextToken: 'bm9uZQ' }],
  ['two months of all tenants', { from: '2025-12-01T00:00:00Z' }],
])('%s is refused', async (_what, query) => {
  expect((await (await log([])).get('/audit', query)).status).toBe(400);
});

test('a token of one tenant’s lines opens no other’s', async () => {
  const { get } = await log([entry(1), entry(2)]);
  const { nextToken } = (await get('/audit', { tenantId: 'acme', limit: '1' })).body;
  expect((await get('/audit', { tenantId: 'globex', nextToken })).status).toBe(400);
});

test('a chain that nobody touched is intact; one that was tampered with is broken at its place', async () => {
  const { store, get } = await log([entry(1), entry(2), entry(3), entry(4, { tenantId: 'globex' })]);
  const verify = async (query = {}) => (await get('/audit/verification', query)).body;
  expect(await verify({ tenantId: 'acme' })).toMatchObject({ verdict: 'intact', head: { sequence: 3 } });
  store.links[1] = { ...(store.links[1] as Link), recordedAt: day(1) };
  expect(await verify({ tenantId: 'acme' })).toMatchObject({
    verdict: 'broken',
    head: { sequence: 1 },
    broken: { sequence: 2, fault: 'changed' },
  });
  expect(await verify({ tenantId: 'globex' })).toMatchObject({ verdict: 'intact', head: { sequence: 1 } });
  expect(await verify()).toMatchObject({ verdict: 'intact', head: { sequence: 0 } });
});

test('lines that are cut off behind an anchor are missed', async () => {
  const { store, anchors, get } = await log([entry(1), entry(2)]);
  await anchorHeads(store, anchors);
  store.links.pop();
  expect((await get('/audit/verification', { tenantId: 'acme' })).body).toMatchObject({
    verdict: 'broken',
    broken: { sequence: 2, fault: 'missing' },
  });
});

test('a long chain is verified in parts', async () => {
  const { get } = await log(
    Array.from({ length: 5 }, (_, index) => entry(index)),
    3,
  );
  const first = (await get('/audit/verification', { tenantId: 'acme' })).body;
  expect(first).toMatchObject({ verdict: 'unfinished', head: { sequence: 3 } });
  const rest = (await get('/audit/verification', { tenantId: 'acme', after: '3' })).body;
  expect(rest).toMatchObject({ verdict: 'intact', head: { sequence: 5 } });
  expect((await get('/audit/verification', { tenantId: 'acme', after: '9' })).status).toBe(400);
});

test('entries that arrive together have one place each, and the same entry has one', async () => {
  const store = new MemoryAuditStore();
  const arrive = (index: number) => appendEntry(entry(index), { store, now: () => NOW });
  await Promise.all([1, 2, 3, 1, 2, 3].map(arrive));
  expect(store.links.map(({ sequence }) => sequence).sort()).toEqual([1, 2, 3]);
});
