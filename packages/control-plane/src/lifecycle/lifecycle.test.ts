import fc from 'fast-check';
import { registerDeployment } from '../deployment/deployment-registry';
import { signUp } from '../registration/sign-up';
import { MemoryMachine } from '../rehearsal/memory-machine';
import { ANYONE, BUYER, OPERATOR, Rehearsal, registrationOf } from '../rehearsal/rehearsal';
import { readTenant } from '../tenant/tenant-record';
import { OperationRunningProblem } from '../workflow/begin-operation';
import { cancelOperation, retryOperation } from '../workflow/change-operation';
import { readOperation } from '../workflow/operation-record';
import { activate, changeTier, deactivate } from './request-change';

const REQUEST = { tenantId: 'hooli', requestedBy: OPERATOR };

/** An active tenant of a pool. */
async function open(crashes: readonly (CrashPoint | undefined)[] = []) {
  const stage = new Rehearsal();
  await registerDeployment(registrationOf(), stage.dependencies);
  await signUp(BUYER, ANYONE, stage.dependencies);
  await stage.onboard('hooli');
  const left = [...crashes];
  const { dependencies, executions } = stage;
  const machine = new MemoryMachine({
    dependencies,
    executions,
    crashes: stage.crashes,
    dies: () => left.shift(),
  });
  return { stage, dependencies, machine };
}

type CrashPoint = { readonly call: number; readonly when: 'before' | 'after' };
const crashes = fc.array(
  fc.option(fc.record({ call: fc.integer({ min: 1, max: 9 }), when: fc.constantFrom('before', 'after') }), {
    nil: undefined,
    freq: 4,
  }),
  { maxLength: 20 },
);

/** What is there of the tenant, in the control plane and in its deployment. */
async function state({ table, deployment }: Rehearsal) {
  const tenant = await readTenant(table, 'hooli');
  const entry = deployment.entries.get('hooli');
  const [key] = deployment.keys.values();
  return {
    tenant: [tenant?.status, tenant?.tier, tenant?.operation],
    entry: [entry?.status, entry?.tier],
    key: key?.enabled ?? true,
    plan: [...deployment.plans.values()],
    people: [...deployment.people.values()].map(({ email, tier }) => [email, tier]),
  };
}

const ACTIVE = {
  tenant: ['active', 'basic', undefined],
  entry: ['active', 'basic'],
  key: true,
  plan: ['plan1'],
  people: [[BUYER.adminEmail, 'basic']],
};
const INACTIVE = {
  ...ACTIVE,
  tenant: ['inactive', 'basic', undefined],
  entry: ['inactive', 'basic'],
  key: false,
};
const PREMIUM = {
  ...ACTIVE,
  tenant: ['active', 'premium', undefined],
  entry: ['active', 'premium'],
  plan: ['plan2'],
  people: [[BUYER.adminEmail, 'premium']],
};

test('a deactivated tenant is out at its directory and its key, and an activated one is in again', async () => {
  const { stage, dependencies, machine } = await open();
  await machine.run((await deactivate(REQUEST, dependencies)).operationId);
  expect(await state(stage)).toEqual(INACTIVE);
  await machine.run((await activate(REQUEST, dependencies)).operationId);
  expect(await state(stage)).toEqual(ACTIVE);
});

test('another tier is the directory\u2019s, the key\u2019s, the users\u2019 and the record\u2019s', async () => {
  const { stage, dependencies, machine } = await open();
  await machine.run((await changeTier(REQUEST, { tier: 'premium' }, dependencies)).operationId);
  expect(await state(stage)).toEqual(PREMIUM);
});

test('a change that does not fit the tenant is refused with what to do, and begins nothing', async () => {
  const { stage, dependencies } = await open();
  await expect(activate(REQUEST, dependencies)).rejects.toThrow(
    'is active: it can be activated while it is inactive',
  );
  await expect(changeTier(REQUEST, { tier: 'basic' }, dependencies)).rejects.toThrow(
    'is on the tier "basic"',
  );
  await expect(changeTier(REQUEST, { tier: 'gold' }, dependencies)).rejects.toThrow('"gold" is no tier');
  await expect(deactivate({ ...REQUEST, tenantId: 'nobody' }, dependencies)).rejects.toThrow(
    'no tenant "nobody"',
  );
  const fewer = {
    ...dependencies,
    tiers: { basic: { model: 'pool', shards: 4 }, premium: { model: 'pool', shards: 2 } },
  } as const;
  await expect(changeTier(REQUEST, { tier: 'premium' }, fewer)).rejects.toThrow('fewer than "basic"');
  expect(await state(stage)).toEqual(ACTIVE);
});

test('a second change is refused with the name of the first, and the same key finds it', async () => {
  const { dependencies } = await open();
  const idempotencyKey = 'my-request-1';
  const first = await deactivate({ ...REQUEST, idempotencyKey }, dependencies);
  await expect(deactivate(REQUEST, dependencies)).rejects.toThrow(OperationRunningProblem);
  await expect(changeTier(REQUEST, { tier: 'premium' }, dependencies)).rejects.toThrow(
    `held by its deactivation, operation ${first.operationId}`,
  );
  const again = await deactivate({ ...REQUEST, idempotencyKey }, dependencies);
  expect(again.operationId).toBe(first.operationId);
  await expect(activate({ ...REQUEST, idempotencyKey }, dependencies)).rejects.toThrow(
    'given to another request',
  );
});

const CHANGES = {
  deactivation: [(d: Rehearsal['dependencies']) => deactivate(REQUEST, d), INACTIVE],
  'plan-change': [(d: Rehearsal['dependencies']) => changeTier(REQUEST, { tier: 'premium' }, d), PREMIUM],
} as const;

test.each(Object.entries(CHANGES))(
  'a %s that dies anywhere, again and again, ends done by a retry or as it was by a cancellation',
  async (_, [begin, done]) => {
    await fc.assert(
      fc.asyncProperty(crashes, fc.boolean(), async (points, cancel) => {
        const { stage, dependencies, machine } = await open(points as CrashPoint[]);
        const { operationId } = await begin(dependencies);
        await machine.run(operationId);
        for (let tries = 0; tries < 12; tries += 1) {
          const { status, direction } = (await readOperation(stage.table, operationId)) ?? {};
          if (status === 'succeeded' || status === 'compensated') break;
          const change = cancel && direction === 'do' ? cancelOperation : retryOperation;
          await stage.crashes.run(undefined, () => change(operationId, dependencies));
          await machine.run(operationId);
        }
        const { status } = (await readOperation(stage.table, operationId)) ?? {};
        expect(await state(stage)).toEqual(status === 'succeeded' ? done : ACTIVE);
        expect(['succeeded', ...(cancel ? ['compensated'] : [])]).toContain(status);
      }),
      { numRuns: 150 },
    );
  },
);
