import { signUpAddress, tenantApplicationAddress, tenantFinderAddress } from './page-address';

const HERE = 'https://granary.example/app/operator.html#/tenants';

test.each([
  ['beside the page, unless it is said', undefined, 'https://granary.example/app/tenant.html?tenant=acme'],
  ['at the tenant’s own host', 'https://{tenant}.granary.example/', 'https://acme.granary.example/'],
  [
    'at an address with a query of its own',
    'http://127.0.0.1:4000/?x=1',
    'http://127.0.0.1:4000/?x=1&tenant=acme',
  ],
])('the tenant application is %s', (_, tenantApplicationUrl, address) => {
  const configured = tenantApplicationUrl === undefined ? {} : { tenantApplicationUrl };
  expect(tenantApplicationAddress(configured, 'acme', HERE)).toBe(address);
});

test('a tenant is asked for at the host above those of tenants, or by the page itself', () => {
  const ofItsOwn = { tenantApplicationUrl: 'https://{tenant}.granary.example/' };
  expect(tenantFinderAddress(ofItsOwn, HERE)).toBe('https://granary.example/');
  expect(tenantFinderAddress({ tenantApplicationUrl: 'https://granary.example/' }, HERE)).toBeUndefined();
  expect(tenantFinderAddress({}, HERE)).toBeUndefined();
});

test('the sign-up page is beside the page, unless it is said', () => {
  expect(signUpAddress({}, HERE)).toBe('https://granary.example/app/sign-up.html');
  expect(signUpAddress({ signUpUrl: 'https://buy.example/' }, HERE)).toBe('https://buy.example/');
});
