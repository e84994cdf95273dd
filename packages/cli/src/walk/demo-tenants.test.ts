import { registrationInputSchema } from '@granary/api';
import type { Pool } from '@granary/manifest';
import { MANIFEST } from '../render/sample-fleet';
import { demoTenants } from './demo-tenants';
import { randomPassword } from './password';

test('one tenant more than there are pools signs up, so that two share one', () => {
  const pools = [...MANIFEST.pools, { ...MANIFEST.pools[0], id: 'pool-eu', cell: 'eu-1' } as Pool];
  const tenants = demoTenants({ ...MANIFEST, pools });
  expect(tenants.length).toBe(3);
  for (const tenant of tenants) expect(registrationInputSchema.parse(tenant)).toEqual(tenant);
});

test('without a pool nobody signs up', () => {
  expect(demoTenants({ ...MANIFEST, pools: [] })).toEqual([]);
});

test('passwords differ and hold every kind of character that the user pools ask for', () => {
  const passwords = Array.from({ length: 50 }, randomPassword);
  expect(new Set(passwords).size).toBe(50);
  for (const password of passwords) expect(password).toMatch(/^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)(?=.*-).{12,}$/);
});
