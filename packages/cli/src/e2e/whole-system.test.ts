import type { Deployment, Tenant } from '@granary/api';
import { browserTest } from './visits/browser-test';
import { type Story, WholeSystem } from './whole-system-story';

const MINUTE = 60_000;
let system: WholeSystem | undefined;
let firstCommit: string;
let story: Story;

beforeAll(async () => {
  system = await WholeSystem.make();
  firstCommit = system.firstCommit;
  story = await system.tell();
}, 15 * MINUTE);

afterAll(() => system?.end(), 2 * MINUTE);

const releases = (deployments: readonly Deployment[]) =>
  Object.fromEntries(deployments.map(({ deploymentId, release }) => [deploymentId, release]));
const allOf = (ids: readonly string[], release: string) => Object.fromEntries(ids.map((id) => [id, release]));
const FIRST = ['pool-us', 'pool-eu', 'acme', 'globex', 'initech', 'umbrella'];
const find = (tenants: readonly Tenant[], id: string) => tenants.find(({ tenantId }) => tenantId === id);

test('a first start releases the commit to every pool and every silo tenant', () => {
  expect(story.first.verdict).toEqual({ ok: true });
  expect(releases(story.first.report.deployments)).toEqual(allOf(FIRST, firstCommit));
});

test('deployments stand in the accounts, regions and waves that the manifest names', () => {
  const place = ({ deploymentId, account, region, wave }: Deployment) => [
    deploymentId,
    account,
    region,
    wave,
  ];
  expect(story.first.report.deployments.map(place).sort()).toEqual(
    [
      ['acme', '222222222222', 'us-east-1', 'canary'],
      ['globex', '222222222222', 'us-east-1', 'everyone'],
      ['initech', '333333333333', 'eu-west-1', 'everyone'],
      ['pool-eu', '333333333333', 'eu-west-1', 'pools'],
      ['pool-us', '222222222222', 'us-east-1', 'pools'],
      ['umbrella', '333333333333', 'eu-west-1', 'early'],
    ].sort(),
  );
});

test('tenants that signed up are active on a pool and have traded', () => {
  const { tenants, visits } = story.first.report;
  for (const id of ['juniper', 'larkspur', 'sorrel'])
    expect(find(tenants, id)).toMatchObject({ model: 'pool', status: 'active' });
  expect(visits.map(({ tenantId, products, orders }) => [tenantId, products, orders])).toEqual(
    ['juniper', 'larkspur', 'sorrel', 'acme'].map((id) => [id, 1, 1]),
  );
});

test("a tenant's own credentials reach its own rows and are denied the neighbour's", () => {
  const { attempts = [], tenantId, neighbourId } = story.first.report.isolation ?? {};
  expect(tenantId).not.toBe(neighbourId);
  const answer = (expected: string) =>
    attempts
      .filter((one) => one.expected === expected && one.action !== 'getProduct')
      .map((one) => one.answer);
  expect(answer('allowed')).toEqual(['1 row', expect.stringMatching(/^[1-9]\d* rows?$/)]);
  expect(answer('refused')).toEqual(Array(4).fill('AccessDeniedException'));
});

const inBrowser = browserTest('released pages');

inBrowser('an operator signs in at the released console and reads every tenant', () => {
  const { tenants } = story.first.report;
  expect(story.visits?.operatorReads).toEqual(tenants.map(({ tenantId }) => tenantId));
});

inBrowser(
  'a tenant’s administrator finds its deployment by its name, signs in, and reads its products',
  () => {
    expect(story.visits?.foreign.own).toBe(1);
  },
);

inBrowser('who belongs to a neighbour of the same pool is not let into a tenant’s application', () => {
  expect(story.visits?.foreign.tenant).toMatch(/does not belong to/);
});

inBrowser('the address of a neighbour’s product leads nowhere at one’s own tenant', () => {
  expect(story.visits?.foreign.product).toMatch(/does not exist.*belongs to somebody else/);
});

inBrowser('a buyer signs up, and watches the onboarding step by step until the tenant is ready', () => {
  const { steps = [], application } = story.visits?.buyer ?? {};
  expect(steps.find((step) => step.startsWith('Invite the administrator'))).toMatch(/done$/);
  expect(steps.filter((step) => !/(done|not needed)$/.test(step))).toEqual([]);
  expect(application).toContain('clover-farms');
});

inBrowser('the buyer signs in with the mailed password, chooses a good one, and trades', () => {
  const { weak, order } = story.visits?.buyer ?? {};
  expect(weak).toMatch(/at least 12 characters/);
  expect(order).toMatch(/Spring.*Barley.*6\.00/s);
});

inBrowser('the buyer comes back with the new password only, and finds what was there', () => {
  const { temporaryAgain, products } = story.visits?.buyer ?? {};
  expect(temporaryAgain).toMatch(/password is wrong/);
  expect(products).toEqual(['Barley']);
});

inBrowser('who has an authenticator is asked for its code, and gets in with the right one only', () => {
  const { asked, wrong, entered } = story.visits?.secondFactor ?? {};
  expect(asked).toMatch(/six digits that your authenticator shows/);
  expect(wrong).toMatch(/code is not right/);
  expect(entered).toBe('Products');
});

inBrowser('no page breaks its security policy, or fails, on the released system', () => {
  expect(story.visits?.complaints).toEqual([]);
});

test('a tenant that is added to the manifest and pushed gets a stack in its wave and becomes active', () => {
  const { deployments, tenants } = story.added.status.fleet;
  expect(deployments.find(({ deploymentId }) => deploymentId === 'hooli')).toMatchObject({
    kind: 'silo',
    account: '333333333333',
    region: 'eu-west-1',
    wave: 'canary',
    release: story.added.commit,
  });
  expect(find(tenants, 'hooli')).toMatchObject({ status: 'active', deploymentId: 'hooli' });
});

test('that push carries its commit to all the others too, and git shows it', () => {
  const { status, commit, said } = story.added;
  expect(new Set(status.fleet.states?.map(({ state }) => state))).toEqual(new Set(['current']));
  expect(releases(status.fleet.deployments)).toEqual(allOf([...FIRST, 'hooli'], commit));
  expect(said).toContain(`released ${commit.slice(0, 8)}`);
});

test('the pipeline changes itself before it deploys a tenant that it did not know', () => {
  expect(story.added.said).toContain('the pipeline changed itself');
});

test('a commit that does not build fails its release in the build, with the reason at hand', () => {
  const { push, run, log } = story.broken;
  expect(push.code).toBe(1);
  expect(run.state).toMatchObject({ status: 'failed', reason: expect.stringContaining('Build.Synth') });
  expect(log.stdout).toContain('product/handler.ts');
});

test('a failed build leaves every deployment at the release before it, and serving', () => {
  const { status, anonymous } = story.broken;
  expect(releases(status.fleet.deployments)).toEqual(releases(story.added.status.fleet.deployments));
  expect(anonymous).toBe(200);
});

test('an interrupt stops everything and leaves nothing that runs', () => {
  const { code, cloudFileStays, endpointAnswers } = story.stopped;
  expect({ code, cloudFileStays, endpointAnswers }).toEqual({
    code: 0,
    cloudFileStays: false,
    endpointAnswers: false,
  });
});

test('the local cloud comes back in the background with all its tenants, and goes', () => {
  const { up, status, down } = story.background;
  expect([up.code, down.code]).toEqual([0, 0]);
  expect(JSON.parse(down.stdout)).toMatchObject({ stopped: true });
  expect(status.fleet.tenants.length).toBe(story.added.status.fleet.tenants.length);
});

test('the status tells where the pages are, whoever serves them', () => {
  const { first, added, background } = story;
  expect(first.pages).toHaveLength(3);
  expect(added.status.pages).toEqual(first.pages);
  expect(background.status.pages.map(({ page }) => page)).toEqual(first.pages.map(({ page }) => page));
});

test('a second start keeps the tenants and their data, and releases what was committed since', () => {
  const { report, commit, ended } = story.again;
  expect(ended.code).toBe(0);
  expect(releases(report.deployments)).toEqual(allOf([...FIRST, 'hooli'], commit));
  expect(report.visits.find(({ tenantId }) => tenantId === 'juniper')).toMatchObject({
    products: 2,
    orders: 2,
  });
});
