import { runInNewContext } from 'node:vm';
import type { SiteName } from '../site';
import { edgeCode } from './edge-code';

const CONTROL_URL = 'https://control.example.com/prod/';
const ACME = JSON.stringify({ tenantId: 'acme', apiUrl: 'https://acme.example.com/prod/' });

/** The function as CloudFront would run it, with a store of its own. */
function edge(site: SiteName, store: Readonly<Record<string, string>> = {}) {
  const code = edgeCode(site, CONTROL_URL).replace(/^import cf from 'cloudfront';/, '');
  const get = (key: string) =>
    key in store ? Promise.resolve(store[key]) : Promise.reject(new Error('no key'));
  const handler = runInNewContext(`${code};handler`, { cf: { kvs: () => ({ get }) } });
  return (uri: string) => handler({ request: { method: 'GET', uri } });
}

test('a deep link is answered by the page that serves it, an asset by itself', async () => {
  const application = edge('application');
  expect((await application('/orders/o-1')).uri).toBe('/tenant.html');
  expect((await application('/sign-up/r-1')).uri).toBe('/sign-up.html');
  expect((await application('/assets/main-1.js')).uri).toBe('/assets/main-1.js');
  expect((await edge('control')('/tenants/acme')).uri).toBe('/operator.html');
});

test('where a tenant is comes from the store, and may be kept for a minute', async () => {
  const answer = await edge('application', { acme: ACME })('/tenant-config/acme');
  expect(answer).toMatchObject({ statusCode: 200, body: { data: ACME } });
  expect(answer.headers['cache-control'].value).toBe('public, max-age=60');
});

test('what the store does not know is for the control plane to answer', async () => {
  const answer = await edge('application')('/tenant-config/globex');
  expect(answer).toMatchObject({ statusCode: 307 });
  expect(answer.headers.location.value).toBe(`${CONTROL_URL}tenant-config/globex`);
});

test.each(['/tenant-config/', '/tenant-config/ACME', '/tenant-config/a%0d%0ab', '/tenant-config/acme/x'])(
  'what is no tenant’s name reaches neither store nor control plane: %s',
  async (uri) => {
    expect((await edge('application')(uri)).uri).toBe('/tenant.html');
  },
);

test('the operators’ site tells nothing of tenants', async () => {
  expect((await edge('control', { acme: ACME })('/tenant-config/acme')).uri).toBe('/operator.html');
});

test.each(['control', 'application'] as const)(
  'the code of the %s site fits and uses no later language',
  (site) => {
    const code = edgeCode(site, CONTROL_URL);
    expect(code).not.toMatch(/\?\.|\?\?|\bclass\b|\.\.\.|for\s*\([^;)]*\bof\b/);
    expect(Buffer.byteLength(code)).toBeLessThan(3_000);
  },
);
