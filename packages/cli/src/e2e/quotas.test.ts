import { AUDIT_ROUTES, type Limits, METERING_ROUTES, QUOTA_ROUTES } from '@granary/api';
import { createClient } from '@granary/client';
import type { ManifestInput } from '@granary/manifest';
import { PATIENCE, until } from '../walk/patience';
import { type AuditAttempt, tamperWithAudit } from './audit-attempts';
import { signUpCounted } from './counted-administrator';
import { deliverAgain } from './redelivery';
import { StoryCloud } from './story-cloud';
import type { StoryPlatform } from './story-platform';
import { browserTest } from './visits/browser-test';
import { ReleasedPages } from './visits/released-pages';
import { type UsedUpQuota, useUpQuota } from './visits/used-up-quota';

const MINUTE = 60_000;
const QUOTA = 8;
const LIMITS: Limits = { throttle: { burst: 40, rate: 20 }, quota: { requestsPerDay: 100 } };

/** One pool whose tenants have few requests a day, and two of its tenants. Its parts follow each other. */
interface Story {
  readonly before: { readonly requestsPerDay: number; readonly used: number; readonly left: number };
  readonly greedy: readonly number[];
  readonly refusal: Response;
  readonly refusalBody: unknown;
  readonly other: number;
  readonly raised: { readonly answer: unknown; readonly status: number };
  readonly shown: unknown;
  readonly removed: number;
  /** Undefined where there is no browser. */
  readonly visit: QuotaVisit | undefined;
  readonly audited: Audited;
  readonly metered: Metered;
}

/** What a person of a third tenant reads on the pages, and what the browser complains of. */
interface QuotaVisit extends UsedUpQuota {
  readonly complaints: readonly string[];
}

/** What the meters say of a tenant, before and after its log came a second time. */
interface Metered {
  readonly served: number;
  readonly counted: number;
  readonly deliveredAgain: number;
  readonly countedAfter: number;
}

/** What the audit log says of the story, before and after every function tried to change it. */
interface Audited {
  readonly lines: readonly unknown[];
  readonly attempts: readonly AuditAttempt[];
  readonly verdict: unknown;
}

let cloud: StoryCloud | undefined;
let story: Story;

beforeAll(async () => {
  cloud = await StoryCloud.start(smallQuotas);
  story = await tell(cloud);
}, 10 * MINUTE);

afterAll(() => cloud?.stop(), 2 * MINUTE);

/** Only what the story needs: one pool, no silo. */
function smallQuotas(manifest: ManifestInput): ManifestInput {
  const { tiers, pools = [] } = manifest;
  const basic = { ...tiers.basic, quota: { requestsPerDay: QUOTA } } as ManifestInput['tiers'][string];
  return { ...manifest, tiers: { ...tiers, basic }, pools: pools.slice(0, 1), tenants: [] };
}

async function tell(cloud: StoryCloud): Promise<Story> {
  await cloud.release();
  const manifest = await cloud.manifest();
  const platform = await cloud.platform();
  const [greedy, modest] = [await signUpCounted(platform, 'greedy'), await signUpCounted(platform, 'modest')];
  const before = await greedy.usage();
  const statuses: number[] = [];
  for (let sent = 0; sent < QUOTA; sent += 1) statuses.push((await greedy.products()).status);
  const refusal = await greedy.products();
  const other = (await modest.products()).status;
  const control = { baseUrl: platform.controlPlane.apiUrl, token: await platform.operatorToken() };
  const quotas = createClient(QUOTA_ROUTES, control);
  const params = { tenantId: 'greedy' };
  const answer = await quotas.putTenantQuota({ params, body: LIMITS });
  const { status } = await greedy.products();
  const shown = await until(
    'the new limits to be shown',
    async () => {
      const usage = await greedy.usage();
      return usage.requestsPerDay === LIMITS.quota.requestsPerDay ? usage : undefined;
    },
    PATIENCE,
  );
  await quotas.deleteTenantQuota({ params });
  const removed = (await greedy.products()).status;
  const raised = { answer, status };
  const audit = createClient(AUDIT_ROUTES, control);
  const lines = await until(
    'both changes to be in the audit log',
    async () => {
      const { items } = await audit.listAuditLines({ query: { tenantId: 'greedy' } });
      const found = items.filter(({ action }) => action.endsWith('TenantQuota'));
      return found.length === 2 ? found : undefined;
    },
    PATIENCE,
  );
  const attempts = await tamperWithAudit(cloud.local, manifest);
  const verdict = await audit.verifyAudit({ query: { tenantId: 'greedy' } });
  const metering = createClient(METERING_ROUTES, control);
  const today = new Date().toISOString().slice(0, 10);
  // A run over midnight would see two days.
  const query = { from: new Date(Date.now() - 86_400_000).toISOString().slice(0, 10), to: today };
  const requestsOf = async (tenantId: string) => {
    const { meters } = await metering.getTenantUsage({ params: { tenantId }, query });
    return meters.find(({ meterId }) => meterId === 'requests')?.total ?? 0;
  };
  const reaching = (tenantId: string, count: number) =>
    until(
      `${count} requests of ${tenantId} to be counted`,
      async () => {
        const counted = await requestsOf(tenantId).catch(() => 0);
        return counted >= count ? counted : undefined;
      },
      PATIENCE,
    );
  const served = greedy.served();
  const counted = await reaching('greedy', served);
  await reaching('modest', modest.served());
  const companion = { id: 'request:delivered-again', tenantId: 'modest' };
  const deliveredAgain = await deliverAgain(cloud.local, manifest, 'greedy', companion);
  await reaching('modest', modest.served() + 1);
  const countedAfter = await requestsOf('greedy');
  const visit = await visitPages(cloud, platform);
  return {
    metered: { served, counted, deliveredAgain, countedAfter },
    before,
    greedy: statuses,
    refusal,
    refusalBody: await refusal.json(),
    other,
    raised,
    shown,
    removed,
    visit,
    audited: { lines, attempts, verdict },
  };
}

async function visitPages(cloud: StoryCloud, platform: StoryPlatform): Promise<QuotaVisit | undefined> {
  const { endpoint } = cloud.local.engine;
  const pages = await ReleasedPages.open({ pages: await cloud.pages(), endpoint });
  if (!pages) return undefined;
  try {
    const tenantId = 'hasty';
    await platform.signUp(tenantId, 'basic');
    const { credentials } = await platform.administrator(tenantId);
    const read = await useUpQuota(pages, { tenantId, most: 2 * QUOTA, ...credentials });
    return { ...read, complaints: pages.complaints() };
  } finally {
    await pages.close();
  }
}

const inBrowser = browserTest('a used-up quota on the pages');

test('a tenant sees its limits and what is left of today', () => {
  expect(story.before).toMatchObject({ requestsPerDay: QUOTA, used: 1, left: QUOTA - 1 });
});

test('a tenant that has used its requests is refused while another of the same pool and tier is served', () => {
  // The first of the day asked for the usage.
  expect(story.greedy).toEqual([...Array(QUOTA - 1).fill(200), 429]);
  expect(story.other).toBe(200);
});

test('the refusal is a problem document that says when to come back, to browsers too', () => {
  expect(story.refusal.status).toBe(429);
  expect(Object.fromEntries(story.refusal.headers)).toMatchObject({
    'retry-after': '3600',
    'content-type': 'application/problem+json',
    'access-control-allow-origin': '*',
  });
  expect(story.refusalBody).toMatchObject({ status: 429, detail: expect.stringContaining('00:00 UTC') });
});

test('limits of its own let the tenant in at once, and its usage shows them', () => {
  expect(story.raised).toMatchObject({ answer: { override: { ...LIMITS, state: 'applied' } }, status: 200 });
  expect(story.shown).toMatchObject({ requestsPerDay: LIMITS.quota.requestsPerDay });
});

test('back on its tier’s limits the tenant has used them up as before', () => {
  expect(story.removed).toBe(429);
});

test('who changed the limits is in the audit log, the newest first', () => {
  const line = { tenantId: 'greedy', actor: { kind: 'operator', role: 'SystemAdmin' }, result: 'succeeded' };
  expect(story.audited.lines).toMatchObject([
    { ...line, action: 'deleteTenantQuota', status: 204 },
    { ...line, action: 'putTenantQuota', status: 200 },
  ]);
});

test('no function of the control plane can change the audit log directly, the one that writes it included', () => {
  const { attempts, verdict } = story.audited;
  expect(attempts.length).toBeGreaterThan(20);
  expect(attempts.filter(({ answer }) => answer !== 'AccessDeniedException')).toEqual([]);
  expect(verdict).toMatchObject({ verdict: 'intact', tenantId: 'greedy' });
});

test('every request that was served is counted once, though the log comes twice', () => {
  const { served, counted, deliveredAgain, countedAfter } = story.metered;
  expect(served).toBeGreaterThanOrEqual(QUOTA);
  expect([counted, deliveredAgain, countedAfter]).toEqual([served, served, served]);
});

inBrowser('a person who has used up the day’s requests reads so, and when the next ones begin', () => {
  const { share, usage, products } = story.visit ?? {};
  expect(share).toBe(`1 of ${QUOTA}`);
  expect(usage).toMatch(/Today's requests are used up/);
  expect(products).toMatch(/Today's requests are used up.*next day's share begins at midnight UTC/);
});

inBrowser('nothing on the page contradicts that, and nothing advises what cannot help', () => {
  expect(story.visit?.products).not.toMatch(/Wait \d+ seconds/);
  expect(story.visit?.usage).not.toMatch(/\d+ of \d+/);
  expect(story.visit?.triesAgain).toBe(false);
  expect(story.visit?.complaints).toEqual([]);
});
