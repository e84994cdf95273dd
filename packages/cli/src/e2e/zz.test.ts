import { AUDIT_ROUTES, type Limits, METERING_ROUTES, QUOTA_ROUTES, USAGE_ROUTES } from '@granary/api';
import { controlClient, createClient } from '@granary/client';
import { LocalCloud } from '@granary/local';
import { loadManifest } from '@granary/manifest';
import { type ControlPlane, findControlPlane } from '../walk/control-plane';
import { ensureOperator, enterAsOperator, type Operator } from '../walk/operator';
import { randomPassword } from '../walk/password';
import { PATIENCE, until } from '../walk/patience';
import { reachableUrl } from '../walk/reachable-url';
import { signUpTenant } from '../walk/sign-up';
import { cloudFormationStacks } from '../walk/stacks';
import { cognitoUsers, type Users } from '../walk/users';
import { type AuditAttempt, tamperWithAudit } from './audit-attempts';
import { ProjectCopy } from './project-copy';
import { deliverAgain } from './redelivery';

const MINUTE = 60_000;
const QUOTA = 8;
const LIMITS: Limits = { throttle: { burst: 40, rate: 20 }, quota: { requestsPerDay: 100 } };

/** A tenant's administrator. */
interface Person {
  readonly usage: () => Promise<{
    readonly requestsPerDay: number;
    readonly used: number;
    readonly left: number;
  }>;
  readonly products: () => Promise<Response>;
  /** Requests that a service answered. */
  readonly served: () => number;
}

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
  readonly audited: Audited;
  readonly metered: Metered;
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

let project: ProjectCopy;
let cloud: LocalCloud | undefined;
let story: Story;

beforeAll(async () => {
  project = await ProjectCopy.make();
  await project.edit('tenants.json', smallQuotas);
  await project.commit('Give basic tenants few requests a day');
  const c = await LocalCloud.start({ projectFolder: project.folder, port: 0, approvals: 'automatic' });
  try {
    story = await tell(c);
  } catch (e) {
    await dump(c);
    throw e;
  }
}, 10 * MINUTE);

afterAll(async () => {
  await cloud?.stop('the test is over');
  await project?.remove();
}, 2 * MINUTE);

async function dump(c: LocalCloud) {
  const L = require('/work/wt/lead/node_modules/.pnpm/@aws-sdk+client-cloudwatch-logs@3.1138.0/node_modules/@aws-sdk/client-cloudwatch-logs');
  const manifest = loadManifest(await project.git('show', 'HEAD:tenants.json'));
  const cl = new L.CloudWatchLogsClient(
    c.engine.clientConfig(manifest.controlPlane.account, manifest.controlPlane.region),
  );
  const out: string[] = [];
  const { logGroups } = await cl.send(new L.DescribeLogGroupsCommand({}));
  for (const g of logGroups) {
    const { events } = await cl.send(
      new L.FilterLogEventsCommand({ logGroupName: g.logGroupName, limit: 1000 }),
    );
    out.push('### ' + g.logGroupName + ' ' + events.length);
    for (const e of events)
      if (/quota|relay/i.test(g.logGroupName) || /ERROR|rror/.test(e.message))
        out.push(e.message.trim().slice(0, 1500));
  }
  require('fs').writeFileSync('/tmp/dump.log', out.join('\n'));
}

/** Only what the story needs: one pool, no silo. */
function smallQuotas(text: string): string {
  const manifest = JSON.parse(text);
  manifest.tiers.basic.quota.requestsPerDay = QUOTA;
  return JSON.stringify({ ...manifest, pools: manifest.pools.slice(0, 1), tenants: [] }, undefined, 2);
}

async function tell(started: LocalCloud): Promise<Story> {
  cloud = started;
  await started.push();
  await started.idle();
  const manifest = loadManifest(await project.git('show', 'HEAD:tenants.json'));
  const access = { endpoint: started.engine.endpoint, clientConfig: started.engine.clientConfig };
  const users = cognitoUsers(access);
  const controlPlane = await findControlPlane(cloudFormationStacks(access), manifest, access.endpoint);
  if (!controlPlane) throw new Error('there is no control plane');
  const credentials = await ensureOperator(users, controlPlane);
  const operator = await enterAsOperator(users, controlPlane, credentials);
  const [greedy, modest] = [
    await newTenant('greedy', controlPlane, operator, users),
    await newTenant('modest', controlPlane, operator, users),
  ];
  const before = await greedy.usage();
  const statuses: number[] = [];
  for (let sent = 0; sent < QUOTA; sent += 1) statuses.push((await greedy.products()).status);
  const refusal = await greedy.products();
  const other = (await modest.products()).status;
  const token = await users.signIn(controlPlane, credentials);
  const quotas = createClient(QUOTA_ROUTES, { baseUrl: controlPlane.apiUrl, token });
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
  const audit = createClient(AUDIT_ROUTES, { baseUrl: controlPlane.apiUrl, token });
  const lines = await until(
    'both changes to be in the audit log',
    async () => {
      const { items } = await audit.listAuditLines({ query: { tenantId: 'greedy' } });
      const found = items.filter(({ action }) => action.endsWith('TenantQuota'));
      return found.length === 2 ? found : undefined;
    },
    PATIENCE,
  );
  const attempts = await tamperWithAudit(started, manifest);
  const verdict = await audit.verifyAudit({ query: { tenantId: 'greedy' } });
  const metering = createClient(METERING_ROUTES, { baseUrl: controlPlane.apiUrl, token });
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
  const deliveredAgain = await deliverAgain(started, manifest, 'greedy', companion);
  await reaching('modest', modest.served() + 1);
  const countedAfter = await requestsOf('greedy');
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
    audited: { lines, attempts, verdict },
  };
}

async function newTenant(
  tenantId: string,
  controlPlane: ControlPlane,
  { api }: Operator,
  users: Users,
): Promise<Person> {
  const anyone = controlClient({ baseUrl: controlPlane.apiUrl });
  const adminEmail = `admin@${tenantId}.example.com`;
  await signUpTenant(anyone, { tenantId, name: tenantId, tier: 'basic', adminEmail }, PATIENCE);
  const { items } = await api.listDeployments();
  const [pool] = items;
  if (!pool || !cloud) throw new Error('there is no pool');
  const credentials = { userName: adminEmail, password: randomPassword() };
  await users.setPassword(pool, credentials);
  const token = await users.signIn(pool, credentials);
  const baseUrl = reachableUrl(pool.apiUrl, cloud.engine.endpoint);
  const client = createClient(USAGE_ROUTES, { baseUrl, token });
  let served = 0;
  return {
    usage: async () => {
      const { quota } = await client.getUsage();
      served += 1;
      return quota;
    },
    products: async () => {
      const answer = await fetch(`${baseUrl}products`, { headers: { authorization: `Bearer ${token}` } });
      if (answer.status === 200) served += 1;
      return answer;
    },
    served: () => served,
  };
}

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
