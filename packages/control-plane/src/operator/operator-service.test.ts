import { MemoryAccounts, MemoryUserRows } from '@granary/auth';
import { type GatewayRequest, request, silentTelemetry } from '../rehearsal/gateway-event';
import { MemoryControlTable } from '../rehearsal/memory-control-table';
import { operatorService } from './operator-service';

const OLIVIA = 'olivia@granary.example';
const OLAF = 'olaf@granary.example';

/** The operators, of whom the first was made by hand. */
async function open() {
  const table = new MemoryControlTable();
  const accounts = new MemoryAccounts();
  await accounts.create(OLIVIA, { 'custom:userRole': 'SystemAdmin' });
  const now = () => new Date('2026-01-01T00:00:00.000Z');
  const { telemetry } = silentTelemetry();
  const handler = operatorService({ table, rows: new MemoryUserRows(), accounts, now, telemetry });
  const send = (method: GatewayRequest['method'], about?: string, more: Partial<GatewayRequest> = {}) => {
    const resource = about === undefined ? '/operators' : `/operators/{userName}${more.resource ?? ''}`;
    const params = about === undefined ? {} : { userName: about };
    return request(handler, { method, role: 'SystemAdmin', userName: OLIVIA, ...more, resource, params });
  };
  const add = (userName: string, role: string) => send('POST', undefined, { body: { userName, role } });
  return { table, accounts, send, add };
}

test('a SystemAdmin invites, reads, changes, disables, enables and removes operators', async () => {
  const { send, add, accounts } = await open();
  expect(await add(OLAF, 'CustomerSupport')).toMatchObject({
    status: 201,
    body: { userName: OLAF, role: 'CustomerSupport', status: 'enabled' },
  });
  const { items } = (await send('GET')).body;
  expect(items.map(({ userName }: { userName: string }) => userName).sort()).toEqual([OLAF, OLIVIA]);
  const { body, headers } = await send('GET', OLAF);
  const change = { body: { role: 'SystemAdmin' }, headers: { 'If-Match': String(headers.ETag) } };
  expect(await send('PUT', OLAF, change)).toMatchObject({ status: 200, body: { role: 'SystemAdmin' } });
  // The version that was read is not there any more.
  expect(await send('PUT', OLAF, change)).toMatchObject({ status: 412 });
  expect(await send('PUT', OLAF, { body: change.body })).toMatchObject({ status: 428 });
  expect(body.version).toEqual(expect.any(Number));
  expect(await send('PUT', OLAF, { resource: '/disable' })).toMatchObject({ body: { status: 'disabled' } });
  expect(accounts.people.get(OLAF)?.enabled).toBe(false);
  expect(await send('PUT', OLAF, { resource: '/enable' })).toMatchObject({ body: { status: 'enabled' } });
  expect(await send('DELETE', OLAF)).toMatchObject({ status: 204 });
  expect(await send('GET', OLAF)).toMatchObject({ status: 404 });
  expect([...accounts.people.keys()]).toEqual([OLIVIA]);
});

test('a CustomerSupport sees who runs the platform, and changes nobody', async () => {
  const { send, add } = await open();
  await add(OLAF, 'CustomerSupport');
  const support = { role: 'CustomerSupport' } as const;
  expect(await send('GET', undefined, support)).toMatchObject({ status: 200 });
  expect(await send('GET', OLAF, support)).toMatchObject({ status: 200 });
  const body = { userName: 'eve@granary.example', role: 'SystemAdmin' };
  for (const answer of [
    await send('POST', undefined, { ...support, body }),
    await send('PUT', OLAF, { ...support, body: { role: 'SystemAdmin' }, headers: { 'If-Match': '"1"' } }),
    await send('PUT', OLAF, { ...support, resource: '/disable' }),
    await send('DELETE', OLAF, support),
  ])
    expect(answer.status).toBe(403);
});

test('the last SystemAdmin can be neither removed nor disabled nor made less, also one that was made by hand', async () => {
  const { send, add } = await open();
  await add(OLAF, 'CustomerSupport');
  const lessened = async () => {
    const { headers } = await send('GET', OLIVIA);
    const body = { role: 'CustomerSupport' };
    return send('PUT', OLIVIA, { body, headers: { 'If-Match': String(headers.ETag) } });
  };
  for (const answer of [
    await send('DELETE', OLIVIA),
    await send('PUT', OLIVIA, { resource: '/disable' }),
    await lessened(),
  ])
    expect(answer).toMatchObject({ status: 409, body: { detail: expect.stringContaining('last enabled') } });
  await add('omar@granary.example', 'SystemAdmin');
  expect(await lessened()).toMatchObject({ status: 200, body: { role: 'CustomerSupport' } });
});

test('what is no operator’s role is refused, and each change leaves a line that names whom it was about', async () => {
  const { add, table } = await open();
  expect(await add(OLAF, 'TenantAdmin')).toMatchObject({ status: 400 });
  expect(await add(OLAF, 'CustomerSupport')).toMatchObject({ status: 201 });
  const lines = table.all().flatMap(({ entry }) => (entry ? [entry as { result: string }] : []));
  expect(lines).toContainEqual(
    expect.objectContaining({ action: 'createOperator', subject: OLAF, result: 'succeeded' }),
  );
});
