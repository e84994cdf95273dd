import { isTenantName, tenantNameOf } from './tenant-name';

test.each([
  ['https://granary.example/tenant.html?tenant=acme', undefined, 'acme'],
  ['https://granary.example/tenant.html?tenant=%20Acme', undefined, 'acme'],
  ['https://granary.example/tenant.html', undefined, undefined],
  ['https://acme.granary.example/#/products', 'https://{tenant}.granary.example/', 'acme'],
  ['https://acme.granary.example/?tenant=other', 'https://{tenant}.granary.example/', 'other'],
  ['https://granary.example/', 'https://{tenant}.granary.example/', undefined],
  ['https://app-acme.granary.example/', 'https://app-{tenant}.granary.example/', 'acme'],
  ['https://acme.elsewhere.example/', 'https://{tenant}.granary.example/', undefined],
  ['http://127.0.0.1:4000/tenant.html', './tenant.html', undefined],
])('%s, with the application at %s, names %s', (address, tenantApplicationUrl, name) => {
  expect(tenantNameOf(address, tenantApplicationUrl === undefined ? {} : { tenantApplicationUrl })).toBe(
    name,
  );
});

test('what cannot be the name of a tenant is not asked for', () => {
  expect(['acme', 'a', '../x', 'Acme', 'a'.repeat(33)].filter(isTenantName)).toEqual(['acme']);
});
