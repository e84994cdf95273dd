import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Deployment, Tenant } from '@granary/api';
import { findChromium, NO_CHROMIUM } from '@granary/browser';
import type { CloudStatus, RunRecord } from '@granary/local';
import type { Fleet } from '../render/status';
import type { PageLink } from '../sites/sites';
import type { Verdict, WalkReport } from '../walk/walk-report';
import { type Ended, GranaryProcess } from './granary-process';
import { type PageVisits, visitPages } from './page-visits';
import { ProjectCopy } from './project-copy';

/** What one story on one local cloud showed; its parts follow each other, the tests below in any order. */
interface Story {
  readonly first: Released;
  /** Undefined where there is no browser. */
  readonly visits: PageVisits | undefined;
  readonly added: { readonly commit: string; readonly said: string; readonly status: Status };
  readonly broken: {
    readonly push: Ended;
    readonly run: RunRecord;
    readonly log: Ended;
    readonly status: Status;
    readonly anonymous: number;
  };
  readonly stopped: Ended & { readonly cloudFileStays: boolean; readonly endpointAnswers: boolean };
  readonly background: { readonly up: Ended; readonly status: Status; readonly down: Ended };
  readonly again: Released & { readonly ended: Ended; readonly commit: string };
}

interface Released {
  readonly report: WalkReport;
  readonly pages: readonly PageLink[];
  readonly verdict: Verdict;
}

interface Status {
  readonly cloud: CloudStatus;
  readonly fleet: Extract<Fleet, { type: 'known' }>;
}

const MINUTE = 60_000;
let project: ProjectCopy;
let running: GranaryProcess | undefined;
let firstCommit: string;
let story: Story;

beforeAll(async () => {
  project = await ProjectCopy.make();
  firstCommit = await project.git('rev-parse', 'HEAD');
  story = await tell();
}, 15 * MINUTE);

afterAll(async () => {
  await running?.stop();
  await GranaryProcess.run('down', ...where());
  await project?.remove();
}, 2 * MINUTE);

const where = () => ['--project', project.folder];

async function tell(): Promise<Story> {
  const start = launch('start', '--json', '--port', '0', ...where());
  const first = await released(start);
  await start.line('staying');
  const { endpoint } = (await readStatus()).cloud;
  const visits = await visitPages({ ...first, endpoint });
  const added = await addTenant();
  const broken = await breakBuild(first.report);
  const stopped = {
    ...(await start.stop()),
    cloudFileStays: await exists(join(project.folder, '.granary', 'cloud.json')),
    endpointAnswers: await answers(endpoint),
  };
  const port = new URL(endpoint).port;
  const up = await GranaryProcess.run('up', '--json', '--port', port, ...where());
  const background = {
    up,
    status: await readStatus(),
    down: await GranaryProcess.run('down', '--json', ...where()),
  };
  await project.git('revert', '--no-edit', 'HEAD');
  const commit = await project.git('rev-parse', 'HEAD');
  const restart = launch('start', '--once', '--json', '--port', port, ...where());
  const again = { ...(await released(restart)), ended: await restart.ended, commit };
  return { first, visits, added, broken, stopped, background, again };
}

function launch(...args: string[]): GranaryProcess {
  running = new GranaryProcess(args);
  return running;
}

async function released(start: GranaryProcess): Promise<Released> {
  const { verdict } = await start.line<{ readonly verdict: Verdict }>('verdict');
  // A walk that broke off has a verdict and no report.
  if (!verdict.ok) throw new Error(verdict.reasons.join('\n'));
  const { report, pages } = await start.line<Omit<Released, 'verdict'>>('report');
  return { report, pages, verdict };
}

async function readStatus(): Promise<Status> {
  const { code, stdout, stderr } = await GranaryProcess.run('status', '--json', ...where());
  if (code !== 0) throw new Error(stderr);
  const status = JSON.parse(stdout) as { readonly cloud: CloudStatus; readonly fleet: Fleet };
  if (status.fleet.type === 'unknown') throw new Error(status.fleet.reason);
  return { cloud: status.cloud, fleet: status.fleet };
}

/** The second gesture: edit tenants.json, commit, push with git itself. */
async function addTenant(): Promise<Story['added']> {
  const tenant = ['--name', 'Hooli', '--cell', 'eu-1', '--email', 'admin@hooli.example.com'];
  await GranaryProcess.run('tenants', 'add', 'hooli', ...tenant, '--ring', 'canary', ...where());
  const commit = await project.commit('Add hooli');
  const said = await project.git('push', 'local', 'HEAD:main');
  return { commit, said, status: await settledStatus('hooli') };
}

/** A silo's onboarding runs after its release. */
async function settledStatus(tenantId: string): Promise<Status> {
  for (;;) {
    const status = await readStatus();
    const tenant = status.fleet.tenants.find((one) => one.tenantId === tenantId);
    if (tenant && tenant.status !== 'provisioning') return status;
  }
}

async function breakBuild({ visits }: WalkReport): Promise<Story['broken']> {
  await project.edit('packages/app-services/src/product/handler.ts', (text) => `${text}\nconst broken = ;\n`);
  await project.commit('Break the product service');
  const push = await GranaryProcess.run('push', '--json', ...where());
  const log = await GranaryProcess.run('logs', 'last', 'Synth', ...where());
  const run = JSON.parse((await GranaryProcess.run('logs', '--json', ...where())).stdout) as RunRecord;
  const health = await fetch(`${visits[0]?.apiUrl}health/product`);
  return { push, run, log, status: await readStatus(), anonymous: health.status };
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  );
}

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

const inBrowser = findChromium() === undefined ? test.skip : test;
if (findChromium() === undefined) process.stderr.write(`released pages: ${NO_CHROMIUM}\n`);

inBrowser('an operator signs in at the released console and reads every tenant', () => {
  const { tenants } = story.first.report;
  expect(story.visits?.operatorReads).toEqual(tenants.map(({ tenantId }) => tenantId));
});

inBrowser(
  'a tenant’s administrator finds its deployment by its name, signs in, and reads its products',
  () => {
    expect(story.visits?.products).toBe(1);
  },
);

inBrowser('who belongs to a neighbour of the same pool is not let into a tenant’s application', () => {
  expect(story.visits?.foreigner).toMatch(/does not belong to/);
});

inBrowser('no page breaks its security policy, or fails, on the released system', () => {
  expect(story.visits?.signUpHeading).toMatch(/sign up/i);
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

test('a second start keeps the tenants and their data, and releases what was committed since', () => {
  const { report, commit, ended } = story.again;
  expect(ended.code).toBe(0);
  expect(releases(report.deployments)).toEqual(allOf([...FIRST, 'hooli'], commit));
  expect(report.visits.find(({ tenantId }) => tenantId === 'juniper')).toMatchObject({
    products: 2,
    orders: 2,
  });
});
