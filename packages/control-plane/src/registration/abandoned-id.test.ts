import { ConflictProblem } from '@granary/api';
import fc from 'fast-check';
import { registerDeployment } from '../deployment/deployment-registry';
import { failOnboarding } from '../onboarding/fail-onboarding';
import { takeStep } from '../onboarding/onboarding';
import { BUYER, Rehearsal, registrationOf } from '../rehearsal/rehearsal';
import { readTenant } from '../tenant/tenant-record';
import { signUp } from './sign-up';

async function signedUp(): Promise<{ readonly stage: Rehearsal; readonly id: string }> {
  const stage = new Rehearsal();
  await registerDeployment(registrationOf(), stage.dependencies);
  const { registrationId } = await signUp(BUYER, stage.dependencies);
  return { stage, id: registrationId };
}

const crashPoint = fc.record({
  call: fc.integer({ min: 1, max: 10 }),
  when: fc.constantFrom('before' as const, 'after' as const),
});

test('an id whose sign-up failed with nobody invited goes to the next buyer', async () => {
  const { stage, id } = await signedUp();
  stage.deployment.people.set(BUYER.adminEmail, {
    email: BUYER.adminEmail,
    tenantId: 'other',
    tier: 'basic',
  });
  await stage.onboard(id);
  const next = { ...BUYER, name: 'Hooli Two', adminEmail: 'two@hooli.example' };
  await expect(signUp({ ...next, tier: 'premium' }, stage.dependencies)).rejects.toThrow(ConflictProblem);
  const { registrationId } = await signUp(next, stage.dependencies);
  await stage.onboard(registrationId);
  expect(await readTenant(stage.table, 'hooli')).toMatchObject({ status: 'active', name: 'Hooli Two' });
  expect(stage.deployment.entries.get('hooli')).toMatchObject({ status: 'active', name: 'Hooli Two' });
});

test('an id is never given away once somebody may have been invited to it', async () => {
  await fc.assert(
    fc.asyncProperty(crashPoint, fc.boolean(), async (point, again) => {
      const { stage, id } = await signedUp();
      await takeStep(id, 'create-usage-key', stage.dependencies);
      await takeStep(id, 'admit-tenant', stage.dependencies);
      await stage.crashes
        .run(point, () => takeStep(id, 'create-admin', stage.dependencies))
        .catch(() => undefined);
      await stage.crashes.run(undefined, () =>
        failOnboarding({ registrationId: id, step: 'fail' }, stage.dependencies),
      );
      if (again) {
        const { registrationId } = await signUp(BUYER, stage.dependencies);
        await failOnboarding({ registrationId, step: 'fail' }, stage.dependencies);
      }
      const invited = stage.deployment.people.size > 0;
      const stranger = signUp({ ...BUYER, adminEmail: 'stranger@x.example' }, stage.dependencies);
      const given = await stranger.then(
        () => true,
        () => false,
      );
      expect(invited && given).toBe(false);
    }),
  );
});
