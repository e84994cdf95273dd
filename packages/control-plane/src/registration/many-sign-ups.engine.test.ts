import { setTimeout as pause } from 'node:timers/promises';
import { ControlTableUnderTest } from '../control-table/control-table-under-test';
import { DynamoControlTable } from '../control-table/dynamo-control-table';
import { readDeployment } from '../deployment/deployment-record';
import { registerDeployment } from '../deployment/deployment-registry';
import { contended } from '../rehearsal/contended-client';
import { request, silentTelemetry } from '../rehearsal/gateway-event';
import { BUYER, Rehearsal, registrationOf } from '../rehearsal/rehearsal';
import { readTenant } from '../tenant/tenant-record';
import { newRegistrationId } from './registration-id';
import { readRegistration } from './registration-record';
import { registrationService } from './registration-service';

jest.setTimeout(180_000);

const COUNT = 200;
const IDS = 150;

let engine: ControlTableUnderTest;
beforeAll(async () => {
  engine = await ControlTableUnderTest.start();
});
afterAll(() => engine.close());

test('two hundred sign-ups at once end active or failed with a reason, and each id is one tenant’s', async () => {
  const stage = new Rehearsal();
  const table = new DynamoControlTable({ client: contended(engine.client), tableName: engine.tableName });
  const dependencies = Object.assign(stage.dependencies, { table, newId: newRegistrationId });
  const { telemetry } = silentTelemetry();
  const handler = registrationService({ ...dependencies, telemetry, audit: async () => undefined });
  await registerDeployment(registrationOf(), dependencies);

  const signUp = async (index: number) => {
    const body = {
      ...BUYER,
      tenantId: `tenant-${index % IDS}`,
      // Every tenth shares its address with the one before: only one of the two can have it.
      adminEmail: `buyer-${index % 10 === 9 ? index - 1 : index}@hooli.example`,
    };
    for (;;) {
      const answer = await request(handler, { method: 'POST', resource: '/registrations', body });
      if (answer.status !== 503) return answer;
      // As the answer says, the same request again, after a while.
      await pause(100);
    }
  };
  const at = '/registrations/{registrationId}';
  const follow = async (registrationId: string) => {
    const params = { registrationId };
    for (;;) {
      const { operationId = '' } = (await readRegistration(table, registrationId)) ?? {};
      await stage.machine.run(operationId);
      const { body } = await request(handler, { method: 'GET', resource: at, params });
      // Given up among so many others, it is held with its reason, and the buyer has it tried again.
      if (body.status !== 'failed') return body;
      expect(body.steps.some(({ reason }: { reason?: string }) => reason !== undefined)).toBe(true);
      await request(handler, { method: 'POST', resource: `${at}/retry`, params });
    }
  };
  const ended = await Promise.all(
    Array.from({ length: COUNT }, async (_, index) => {
      const { status, body } = await signUp(index);
      return status === 202 ? follow(body.registrationId) : { status };
    }),
  );

  const refused = ended.filter(({ status }) => status === 409);
  const active = ended.filter(({ status }) => status === 'succeeded');
  const failed = ended.filter(({ status }) => status === 'compensated');
  expect(refused.length).toBeGreaterThanOrEqual(COUNT - IDS - failed.length);
  expect(active.length + failed.length + refused.length).toBe(COUNT);
  for (const { steps } of failed)
    expect(steps.map(({ reason }: { reason?: string }) => reason)).toContain(
      'the e-mail address belongs to a user of another tenant',
    );
  const ids = active.map(({ tenantId }) => tenantId);
  expect(new Set(ids).size).toBe(active.length);
  expect(active.length).toBeGreaterThan(100);
  for (const id of ids) expect(await readTenant(table, id)).toMatchObject({ status: 'active' });

  const { deployment } = stage;
  expect([...deployment.keys.values()].map(({ name }) => name).sort()).toEqual(
    ids.map((id) => `granary-${id}`).sort(),
  );
  expect([...deployment.entries.keys()].sort()).toEqual([...ids].sort());
  expect(deployment.people.size).toBe(active.length);
  expect((await readDeployment(table, 'pool-us'))?.tenants).toBe(active.length);
});
