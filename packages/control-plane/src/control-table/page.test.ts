import { InvalidRequestProblem, type Page, type Tenant } from '@granary/api';
import fc from 'fast-check';
import { DEPLOYMENT_LISTING } from '../deployment/deployment-record';
import { MemoryControlTable } from '../rehearsal/memory-control-table';
import { TENANT_LISTING, tenantCodec } from '../tenant/tenant-record';
import { readPage } from './page';

async function tableOf(ids: readonly string[]): Promise<MemoryControlTable> {
  const table = new MemoryControlTable();
  const at = '2026-01-01T00:00:00.000Z';
  for (const tenantId of ids) {
    const item = tenantCodec.encode({
      ...{ tenantId, name: tenantId, tier: 'basic', model: 'pool', deploymentId: 'pool-us' },
      ...{ status: 'active', adminEmail: 'a@b.example', createdAt: at, updatedAt: at },
      ...{ onboardingId: '01ARZ3NDEKTSV4RRFFQ69G5FAV', administrator: 'none', revision: 1 },
    });
    await table.write([{ type: 'put', item, expect: { kind: 'absent' } }]);
  }
  return table;
}

const ids = fc.uniqueArray(fc.stringMatching(/^[a-z][a-z0-9-]{1,6}[a-z0-9]$/), { maxLength: 20 });

test('pages of any size hold every item once, in order, and only the last has no token', async () => {
  await fc.assert(
    fc.asyncProperty(ids, fc.integer({ min: 1, max: 7 }), async (all, limit) => {
      const table = await tableOf(all);
      const seen: string[] = [];
      let page: Page<Tenant> | undefined;
      while (!page || page.nextToken !== undefined) {
        page = await readPage(table, TENANT_LISTING, {
          limit,
          ...(page?.nextToken ? { nextToken: page.nextToken } : {}),
        });
        expect(page.items.length).toBeLessThanOrEqual(limit);
        seen.push(...page.items.map(({ tenantId }) => tenantId));
      }
      expect(seen).toEqual([...all].sort());
    }),
    { numRuns: 50 },
  );
});

test('a token goes on behind an item that has vanished since', async () => {
  const { nextToken } = await readPage(await tableOf(['aaa', 'bbb', 'ccc']), TENANT_LISTING, { limit: 2 });
  const page = await readPage(await tableOf(['aaa', 'ccc']), TENANT_LISTING, {
    limit: 2,
    ...(nextToken ? { nextToken } : {}),
  });
  expect(page.items.map(({ tenantId }) => tenantId)).toEqual(['ccc']);
});

test('a token that this listing did not give is refused', async () => {
  const table = await tableOf(['aaa', 'bbb']);
  const { nextToken } = await readPage(table, TENANT_LISTING, { limit: 1 });
  const read = (token: string, listing: typeof TENANT_LISTING = TENANT_LISTING) =>
    readPage(table, listing, { limit: 1, nextToken: token });
  await expect(read(nextToken as string)).resolves.toBeDefined();
  await expect(read(nextToken as string, DEPLOYMENT_LISTING as never)).rejects.toThrow(InvalidRequestProblem);
  await expect(read(`${nextToken}=`)).rejects.toThrow(InvalidRequestProblem);
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.string(), fc.base64String()), async (token) => {
      await expect(read(token)).rejects.toThrow(InvalidRequestProblem);
    }),
  );
});
