import { registerDeployment } from '../deployment/deployment-registry';
import { ANYONE, BUYER, OPERATOR, Rehearsal, registrationOf } from '../rehearsal/rehearsal';
import { readTenant } from '../tenant/tenant-record';
import { signUp } from './sign-up';
import { SIGN_UPS_A_DAY } from './sign-up-count';

/** A control plane on the day of a rehearsal, after so many sign-ups. */
async function after(count: number) {
  const { dependencies, table } = new Rehearsal();
  await registerDeployment(registrationOf(), dependencies);
  const item = { pk: 'SIGN-UPS#2026-01-01', sk: 'COUNT', count };
  await table.write([{ type: 'put', item, expect: { kind: 'absent' } }]);
  return { dependencies, table };
}

test('the last sign-up of a day is taken and the next is not, with when to come back', async () => {
  const { dependencies, table } = await after(SIGN_UPS_A_DAY - 1);
  await signUp(BUYER, ANYONE, dependencies);
  const another = { ...BUYER, tenantId: 'initech', adminEmail: 'bill@initech.example' };
  const refused = signUp(another, ANYONE, dependencies);
  await expect(refused).rejects.toThrow('too many sign-ups today');
  const { headers } = (await refused.catch((error) => error)) as { headers: Record<string, string> };
  expect(Number(headers['Retry-After'])).toBeGreaterThan(23 * 3600);
  expect(await readTenant(table, 'initech')).toBeUndefined();
});

test('operators are not counted', async () => {
  const { dependencies, table } = await after(SIGN_UPS_A_DAY);
  await signUp(BUYER, OPERATOR, dependencies);
  expect(await readTenant(table, 'hooli')).toMatchObject({ status: 'provisioning' });
});

test('the next day has a count of its own', async () => {
  const { dependencies, table } = await after(SIGN_UPS_A_DAY);
  const now = () => new Date('2026-01-02T00:00:00.000Z');
  await signUp(BUYER, ANYONE, { ...dependencies, now });
  expect(await table.get({ pk: 'SIGN-UPS#2026-01-02', sk: 'COUNT' })).toMatchObject({ count: 1 });
});
