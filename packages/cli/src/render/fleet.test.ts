import type { CloudStatus } from '@granary/local';
import { planRollout } from '@granary/manifest';
import { palette } from '../terminal';
import type { WalkReport } from '../walk/walk-report';
import { closingLines, nextLines, verdictLines } from './closing';
import { tenantRows } from './deployment-rows';
import { planLines } from './plan';
import { deployment, MANIFEST, RELEASE, SILO, tenant } from './sample-fleet';
import { statusLines } from './status';

const plain = palette(false);
const deployments = [deployment('pool-us'), SILO];
const tenants = [tenant('acme', 'acme', { tier: 'platinum', model: 'silo' }), tenant('juniper', 'pool-us')];

const REPORT: WalkReport = {
  controlPlaneUrl: 'http://127.0.0.1:4566/_aws/execute-api/ctl/prod/',
  operator: { userName: 'operator@granary.example.com', password: 'op-secret' },
  deployments,
  tenants,
  visits: [
    {
      tenantId: 'juniper',
      userName: 'admin@juniper.example.com',
      password: 'jun-secret',
      apiUrl: 'http://127.0.0.1:4566/_aws/execute-api/poolus/prod/',
      products: 1,
      orders: 1,
    },
  ],
  isolation: {
    tenantId: 'juniper',
    neighbourId: 'sorrel',
    deploymentId: 'pool-us',
    tableName: 'products',
    attempts: [
      { what: "read sorrel's product", action: 'GetItem', expected: 'refused', answer: '1 row', ok: false },
    ],
  },
  verdict: { ok: true },
};

const PAGES = [{ page: 'operator console', url: 'http://localhost:4580/' }];

test('a tenant stands with the cell, the wave and the release of the deployment that serves it', () => {
  const rows = tenantRows(MANIFEST, tenants, deployments);
  expect(rows.map(({ tenantId, cell, wave, release }) => [tenantId, cell, wave, release])).toEqual([
    ['juniper', 'us-1', 'pools', '3f2a1c90'],
    ['acme', 'eu-1', 'first', '3f2a1c90'],
  ]);
});

test('a tenant whose deployment is not known stands last, with dashes', () => {
  const rows = tenantRows(MANIFEST, [tenant('lost', 'gone'), ...tenants], deployments);
  expect(rows.at(-1)).toMatchObject({ tenantId: 'lost', cell: '-', account: '-', release: '-' });
});

test('the closing page names every URL, user and password, and what isolation gave', () => {
  const page = closingLines(REPORT, MANIFEST, PAGES, plain).join('\n');
  for (const text of [
    REPORT.controlPlaneUrl,
    'op-secret',
    'admin@juniper.example.com',
    'jun-secret',
    'execute-api/poolus/prod/',
    'http://localhost:4580/',
  ])
    expect(page).toContain(text);
  expect(page).toMatch(/read sorrel's product +GetItem +1 row +WRONG/);
});

test('the verdict is the last line, after every reason', () => {
  expect(verdictLines({ ok: true }, plain)).toEqual(['verdict: ok']);
  expect(verdictLines({ ok: false, reasons: ['one', 'two'] }, plain)).toEqual([
    '  one',
    '  two',
    'verdict: failed (2 reasons)',
  ]);
});

test('the next gestures name the branch that releases', () => {
  expect(nextLines('trunk', plain).join('\n')).toContain('git push local HEAD:trunk');
});

test('the plan shows pools first, then each wave with its tenants and why they are in it', () => {
  const text = planLines(planRollout(MANIFEST), plain).join('\n');
  expect(text).toMatch(/pool-us +us-1[\s\S]+wave 1: first.+ring canary.+after an approval/);
  expect(text).toMatch(/acme +eu-1 +333333333333 +eu-west-1 +barn-acme +ring canary/);
  expect(text).toMatch(/wave 2: all.+\n +no tenant today/);
});

const CLOUD: CloudStatus = {
  state: 'ready',
  pid: 7,
  startedAt: '2026-11-24T01:00:00.000Z',
  endpoint: 'http://127.0.0.1:4566',
  application: 'barn',
  branch: 'main',
  remote: '/tmp/remote.git',
  environments: [],
  approvals: [{ runId: 'r', stage: 'first', action: 'Approve', since: '2026-11-24T01:00:00.000Z' }],
};

test('the status shows the stage that runs, what waits for a person, and the fleet', () => {
  const running = {
    id: 'r',
    commit: RELEASE,
    subject: 'Sow',
    pipeline: 'p',
    queuedAt: CLOUD.startedAt,
    state: { status: 'running' as const },
    stages: [
      { name: 'Source', state: { status: 'succeeded' as const }, actions: [] },
      { name: 'Build', state: { status: 'running' as const }, actions: [] },
    ],
  };
  const now = Date.parse(CLOUD.startedAt) + 5000;
  const fleet = { type: 'known', tenants, deployments } as const;
  const text = statusLines({ cloud: { ...CLOUD, running }, fleet, pages: PAGES }, MANIFEST, now, plain);
  expect(text.join('\n')).toMatch(/operator console +http:\/\/localhost:4580\/\n/);
  expect(text.join('\n')).toContain('3f2a1c90  stage Build (2 of 2)  5.0 s  Sow');
  expect(text.join('\n')).toContain('first.Approve');
  expect(text.join('\n')).toMatch(/acme +silo +eu-1/);
});

test('a status without a control plane says why no tenant is shown', () => {
  const fleet = { type: 'unknown', reason: 'not deployed' } as const;
  const text = statusLines({ cloud: CLOUD, fleet, pages: [] }, MANIFEST, 0, plain);
  expect(text).not.toContain('pages');
  expect(text.at(-1)).toBe('tenants are not known: not deployed');
  expect(text).toContain('last      nothing was released yet');
});
