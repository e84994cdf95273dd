import { browserSuite } from '@granary/browser';
import { AT, RUN_ID } from './operator-answers';
import { OperatorUnderTest } from './operator-under-test';

jest.setTimeout(120_000);

interface ListQuery {
  readonly limit: number;
  readonly nextToken?: string;
}

/** A list of an API: the token says where the next page begins. */
function paged<Item>(items: readonly Item[], query: unknown) {
  const { limit, nextToken = '0' } = query as ListQuery;
  const end = Number(nextToken) + limit;
  return {
    items: items.slice(Number(nextToken), end),
    ...(end < items.length ? { nextToken: String(end) } : {}),
  };
}

const commit = (index: number) => `c${String(index).padStart(3, '0')}`.repeat(10);
const RELEASES = Array.from({ length: 120 }, (_, index) => ({
  ...{ runId: `run-${index}`, kind: 'release', release: commit(120 - index), status: 'succeeded' },
  ...{ startedAt: AT, endedAt: AT },
}));

browserSuite('the lists of the operator console', (browser) => {
  let platform: OperatorUnderTest;
  beforeEach(async () => {
    platform = await OperatorUnderTest.start();
  }, 120_000);
  afterEach(() => platform.close());

  it('go back to the first release, a page at a time', async () => {
    platform.pages.api.change({ control: { listReleases: ({ query }) => paged(RELEASES, query) } });
    const page = await platform.enter(browser(), '/releases');
    const search = page.page.getByRole('searchbox', { name: 'Search in: Releases' });
    const older = page.page.getByRole('button', { name: 'Show older: Releases' });
    await page.page.getByText('(50+)').waitFor();
    await search.fill(commit(1).slice(0, 8));
    await page.page.getByText('Nothing fits what you look for.').waitFor();
    await older.click();
    await page.page.getByText('(100+)').waitFor();
    await older.click();
    await page.page.getByText('(120)').waitFor();
    await page.page.getByRole('link', { name: commit(1).slice(0, 8) }).waitFor();
    expect(await older.count()).toBe(0);
    expect(await page.accessibilityFaults()).toEqual([]);
    await page.close();
  });

  it('have every line of the audit log, every registration, every operation of all and of a tenant', async () => {
    const lines = Array.from({ length: 130 }, (_, index) => ({
      ...{ entryId: `entry-${String(index).padStart(4, '0')}`, at: AT, actor: { kind: 'anonymous' } },
      ...{ action: 'createRegistration', result: 'succeeded', status: 202, sequence: 130 - index },
      ...{ recordedAt: AT, hash: 'h' },
    }));
    const registrations = Array.from({ length: 70 }, (_, index) => ({
      ...{
        registrationId: `registration-${String(1e9 + index)}`,
        tenantId: `tenant-${index}`,
        tier: 'basic',
      },
      ...{ status: 'succeeded', name: 'T', adminEmail: 'a@b.example', createdAt: AT, updatedAt: AT },
    }));
    const operations = Array.from({ length: 140 }, (_, index) => ({
      ...{ operationId: `01JB${String(index).padStart(22, '0')}`, kind: 'activation', tenantId: 'acme' },
      ...{ status: 'succeeded', requestedBy: { kind: 'anonymous' }, steps: [], createdAt: AT, updatedAt: AT },
    }));
    platform.pages.api.change({
      control: {
        listAuditLines: ({ query }) => paged(lines, query),
        listRegistrations: ({ query }) => paged(query.status === undefined ? registrations : [], query),
        listOperations: ({ query }) => paged(operations, query),
      },
    });
    const page = await platform.enter(browser(), '/audit');
    await page.page.getByText('(100+)').waitFor();
    await page.page.getByRole('button', { name: 'Show older: Lines' }).click();
    await page.page.getByText('(130)').waitFor();

    const list = page.page.getByRole('navigation', { name: 'Pages' });
    await list.getByRole('link', { name: 'Registrations' }).click();
    await page.page.getByRole('button', { name: 'all', exact: true }).click();
    await page.page.getByText('(50+)').waitFor();
    await page.page.getByRole('button', { name: /^Show older/ }).click();
    await page.page.getByText('(70)').waitFor();

    await list.getByRole('link', { name: 'Operations' }).click();
    await page.page.getByText('(100+)').waitFor();
    await page.page.getByRole('button', { name: /^Show older/ }).click();
    await page.page.getByText('(140)').waitFor();

    await list.getByRole('link', { name: 'Tenants' }).click();
    await page.page.getByRole('link', { name: 'acme' }).click();
    const events = page.page.getByRole('heading', { level: 3, name: /Activation, succeeded/ });
    await events.first().waitFor();
    expect(await events.count()).toBe(50);
    await page.page.getByRole('button', { name: 'Show older' }).click();
    await events.nth(99).waitFor();
    await page.close();
  });

  it('look on when the first pages of a filtered list are empty', async () => {
    const found = {
      ...{
        operationId: '01JB0000000000000000000007',
        kind: 'move',
        tenantId: 'globex',
        status: 'compensated',
      },
      ...{ requestedBy: { kind: 'anonymous' }, steps: [], createdAt: AT, updatedAt: AT },
    };
    platform.pages.api.change({
      control: {
        listOperations: ({ query }) => {
          if (query.status !== 'compensated') return { items: [] };
          return query.nextToken === undefined ? { items: [], nextToken: '1' } : { items: [found] };
        },
      },
    });
    const page = await platform.enter(browser(), '/operations');
    await page.page.getByText('Nothing has been done to any tenant yet.').waitFor();
    await page.page.getByRole('button', { name: /^Only state\s+any$/ }).click();
    await page.page.getByRole('option', { name: 'undone', exact: true }).click();
    await page.page.getByRole('link', { name: 'Move of globex' }).waitFor();
    await page.close();
  });

  it('tell of everything that needs a person, on whichever page of its list it is', async () => {
    const failed = Array.from({ length: 8 }, (_, index) => ({
      ...{ operationId: `01JB000000000000000000000${index}`, kind: 'move', tenantId: 'globex' },
      ...{ status: 'failed', requestedBy: { kind: 'anonymous' }, steps: [], createdAt: AT, updatedAt: AT },
    }));
    platform.pages.api.change({
      control: {
        listOperations: ({ query }) =>
          query.nextToken === undefined ? { items: [], nextToken: '1' } : { items: failed },
      },
    });
    const page = await platform.enter(browser(), '/health');
    await page.page.getByRole('link', { name: 'Move of globex' }).nth(4).waitFor();
    await page.page.getByText('+ 3').waitFor();
    await page.close();
  });

  it('lead from a wave that waits to the plan of its release, which is open where it is decided', async () => {
    const page = await platform.enter(browser(), '/releases');
    await page.page.getByRole('link', { name: 'Show what it does' }).click();
    await page.page.getByRole('heading', { level: 1, name: 'Release bbbbbbbb' }).waitFor();
    await page.page.getByText('bakes 10 min').first().waitFor();
    await page.page.getByText(/acme.*aaaaaaaa → bbbbbbbb/).waitFor();
    // Whoever has read it closes it; it stays closed.
    await page.page.getByRole('button', { name: 'Plan', exact: true }).click();
    await page.page.getByText('bakes 10 min').waitFor({ state: 'detached' });
    expect(page.page.url()).toContain(RUN_ID);
    await page.close();
  });

  it('show what a tenant used as a picture, and day by day as a table', async () => {
    const page = await platform.enter(browser(), '/tenants/acme?tab=usage');
    await page.page.getByRole('img', { name: 'requests, requests by day' }).waitFor();
    await page.page.getByRole('button', { name: 'Day by day' }).press('Enter');
    const table = page.page.getByRole('table', { name: 'requests, requests by day' });
    await table.getByRole('cell', { name: '1,200' }).waitFor();
    expect(await page.accessibilityFaults()).toEqual([]);
    await page.close();
  });
});
