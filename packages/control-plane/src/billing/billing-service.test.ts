import { billingPlansSchema } from '@granary/api';
import { registerDeployment } from '../deployment/deployment-registry';
import { signUp } from '../registration/sign-up';
import { type GatewayRequest, request, silentTelemetry } from '../rehearsal/gateway-event';
import { BUYER, OPERATOR, Rehearsal, registrationOf } from '../rehearsal/rehearsal';
import { ingestUsage } from '../usage/ingest-usage';
import type { Plans } from './billing-plans';
import { billingService } from './billing-service';
import { ledgerProvider } from './ledger/ledger-provider';
import { syncCustomers } from './sync-customers';

const limits = { throttle: { burst: 10, rate: 10 }, quota: { requestsPerDay: 1000 } };
const usage = { requests: { unit: 1000, amount: 0.5 } };
const PLANS: Plans = {
  basic: { model: 'pool', limits, price: { currency: 'USD', monthly: 30, usage } },
  platinum: { model: 'silo', limits },
};

/** A tenant that is billed since January, and one that is nobody's customer yet. */
async function open() {
  const stage = new Rehearsal();
  const { table, dependencies } = stage;
  const clock = { now: '2026-03-02T00:00:00.000Z' };
  const now = () => new Date(clock.now);
  await registerDeployment(registrationOf(), dependencies);
  const sign = async (tenantId: string) => {
    const adminEmail = `admin@${tenantId}.example`;
    await signUp({ ...BUYER, tenantId, adminEmail }, OPERATOR, dependencies);
    await stage.onboard(tenantId);
  };
  const provider = ledgerProvider({ table, plans: PLANS, now });
  await sign('hooli');
  await syncCustomers({
    table,
    provider,
    now,
    failed: (_, error) => {
      throw error;
    },
  });
  await sign('initech');
  const { telemetry } = silentTelemetry();
  const handler = billingService({ table, plans: PLANS, billing: async () => provider, now, telemetry });
  const send = (resource: string, more: Partial<GatewayRequest> = {}) =>
    request(handler, { method: 'GET', resource, role: 'SystemAdmin', ...more });
  const invoices = (tenantId: string) => send('/tenants/{tenantId}/invoices', { params: { tenantId } });
  const close = (month: string, more: Partial<GatewayRequest> = {}) =>
    send('/billing/periods/{month}/close', { method: 'POST', params: { month }, ...more });
  const use = (id: string, at: string, requests: number) =>
    ingestUsage([{ id: `request:${id}`, tenantId: 'hooli', at, meters: { requests } }], {
      table,
      now: () => new Date(at),
    });
  return { table, clock, send, invoices, close, use };
}

test('anyone may read the plans, what each allows and what it costs', async () => {
  const { send } = await open();
  const { status, body } = await send('/billing/plans', {});
  expect(status).toBe(200);
  expect(billingPlansSchema.parse(body).plans).toMatchObject([
    { tier: 'basic', price: { monthly: 30 } },
    { tier: 'platinum' },
  ]);
});

test('a month that is over is closed once: its invoice has the plan and what was used', async () => {
  const { invoices, close, use, table } = await open();
  await use('one', '2026-02-10T10:00:00.000Z', 4000);
  expect((await invoices('hooli')).body.items).toEqual([]);
  const closed = await close('2026-02');
  expect(closed).toMatchObject({ status: 200, body: { month: '2026-02' } });
  const { items } = (await invoices('hooli')).body;
  expect(items).toMatchObject([{ month: '2026-02', currency: 'USD', total: 3000 + 200 }]);
  // Usage that comes late does not change what was sent out, nor does another close.
  await use('late', '2026-02-27T10:00:00.000Z', 1000);
  expect((await close('2026-02')).body).toEqual(closed.body);
  expect((await invoices('hooli')).body.items).toEqual(items);
  const lines = table.all().flatMap(({ entry }) => (entry ? [entry as object] : []));
  expect(lines).toContainEqual(expect.objectContaining({ action: 'closePeriod', subject: '2026-02' }));
});

test('a month that is not over is not closed, and support closes none', async () => {
  const { close, invoices } = await open();
  expect((await close('2026-03')).status).toBe(409);
  expect((await close('2026-02', { role: 'CustomerSupport' })).status).toBe(403);
  expect((await close('once')).status).toBe(400);
  expect((await invoices('hooli')).body.items).toEqual([]);
});

test('a tenant that was never billed has no invoices, and an unknown one is not found', async () => {
  const { invoices } = await open();
  expect(await invoices('initech')).toMatchObject({ status: 200, body: { items: [] } });
  expect(await invoices('nobody')).toMatchObject({ status: 404 });
});
