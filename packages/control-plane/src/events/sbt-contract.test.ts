import { marshall } from '@aws-sdk/util-dynamodb';
import type { Context } from 'aws-lambda';
import { activate, deactivate, offboard } from '../lifecycle/request-change';
import { signUp } from '../registration/sign-up';
import { silentTelemetry } from '../rehearsal/gateway-event';
import { MemoryAuditStore } from '../rehearsal/memory-audit-store';
import { MemoryRowWork } from '../rehearsal/memory-row-work';
import { BUYER, OPERATOR, Rehearsal } from '../rehearsal/rehearsal';
import { readTenant } from '../tenant/tenant-record';
import { retryOperation } from '../workflow/change-operation';
import { readOperation } from '../workflow/operation-record';
import { resumeWait } from '../workflow/resume-wait';
import type { DeadLetter } from './dead-letters';
import { eventReceiver } from './event-receiver';
import type { CarriedEvent } from './outbox-item';
import { outboxRelay } from './outbox-relay';

const CONTEXT = { awsRequestId: 'r', getRemainingTimeInMillis: () => 60_000 } as Context;

/** A bus between the control plane's outbox and its receiver, with an application plane on it. */
function bus(stage: Rehearsal, applicationPlane: (event: CarriedEvent) => object | undefined) {
  const { logger } = silentTelemetry().telemetry;
  const { table, executions: callbacks } = stage;
  const now = () => new Date('2026-01-01T00:10:00.000Z');
  const letters: DeadLetter[] = [];
  const answers: object[] = [];
  const keep = async (letter: DeadLetter) => void letters.push(letter);
  const store = new MemoryAuditStore();
  const receiver = eventReceiver({
    table,
    resume: (resumed) => resumeWait(resumed, { table, callbacks }),
    ingestUsage: async () => undefined,
    keep,
    now,
    logger,
  });
  const relay = outboxRelay({
    publish: async (event) => {
      const answer = applicationPlane(event);
      if (answer)
        answers.push({ version: '0', id: `to-${event.eventId}`, account: '333333333333', ...answer });
    },
    store,
    keep,
    now,
    logger,
  });
  /** What is in the outbox goes out, and what is answered comes in. */
  const carry = async () => {
    const items = table.all().filter(({ sk }) => sk === 'OUTBOX');
    const records = items.map((item, index) => ({
      eventSource: 'aws:dynamodb',
      dynamodb: { SequenceNumber: String(index), NewImage: marshall(item, { removeUndefinedValues: true }) },
    }));
    await relay({ Records: records } as never, CONTEXT);
    const delivered = answers.splice(0).map((answer, index) => ({
      messageId: String(index),
      eventSource: 'aws:sqs',
      body: JSON.stringify(answer),
    }));
    await receiver({ Records: delivered } as never, CONTEXT);
  };
  return { carry, letters, store };
}

type Outcome = 'Success' | 'Failure';

/** The toolkit's two jobs, by the request that the rule of each picks. */
const JOBS: Readonly<Record<string, string>> = {
  sbt_aws_onboardingRequest: 'sbt_aws_provision',
  sbt_aws_offboardingRequest: 'sbt_aws_deprovision',
};

/**
 * The toolkit's provisioning and deprovisioning jobs: each reads fields of the detail, and its state machine sends the
 * identifier back with what the job put out. The first outcomes are told in turn, later ones are successes.
 */
function applicationPlane(...outcomes: Outcome[]) {
  const seen: Readonly<Record<string, unknown>>[] = [];
  const heard = new Map<string, string>();
  const react = ({ eventId, detailType, detail }: CarriedEvent) => {
    const job = JOBS[detailType];
    // The outbox is carried anew each time: what was heard already starts no job.
    const again = heard.has(eventId);
    heard.set(eventId, detailType);
    if (job === undefined || again) return undefined;
    seen.push(detail);
    const outcome = outcomes.shift() ?? 'Success';
    const jobOutput =
      outcome === 'Success'
        ? { tenantData: { tenantConfig: '{}' }, tenantRegistrationData: { registrationStatus: 'Created' } }
        : { tenantStatus: 'Failed to provision tenant.' };
    return {
      source: 'sbt.application.plane',
      'detail-type': `${job}${outcome}`,
      detail: { tenantRegistrationId: detail.tenantRegistrationId, jobOutput },
    };
  };
  return { react, seen, heard };
}

test.each([
  ['Success', 'active'],
  ['Failure', undefined],
] as const)(
  'an application plane that was built for the toolkit provisions a tenant: %s',
  async (outcome, tenantStatus) => {
    const stage = new Rehearsal();
    const job = applicationPlane(outcome);
    const { carry, letters, store } = bus(stage, job.react);
    await signUp({ ...BUYER, tier: 'bridged' }, OPERATOR, stage.dependencies);
    expect(await stage.onboard('hooli')).toBe('waiting');
    const { onboardingId: operationId = '' } = (await readTenant(stage.table, 'hooli')) ?? {};

    await carry();
    const { tenantId, name: tenantName, adminEmail: email } = BUYER;
    expect(job.seen).toEqual([
      expect.objectContaining({
        tenantId,
        tenantName,
        email,
        tier: 'bridged',
        tenantRegistrationId: operationId,
      }),
    ]);
    await stage.machine.run(operationId);

    expect((await readTenant(stage.table, 'hooli'))?.status).toBe(tenantStatus);
    expect(letters).toEqual([]);
    await carry();
    const actions = store.links.map(({ entry }) => entry.action);
    expect(actions).toContain(`sbt_aws_provision${outcome}`);
  },
);

test('a tenant of such an application plane is told of at each turn of its life, and leaves once the plane has let it go', async () => {
  const stage = new Rehearsal();
  const { dependencies, machine, table } = stage;
  const rows = new MemoryRowWork('hooli', table, dependencies.now).work;
  Object.assign(dependencies, { ports: { ...dependencies.ports, rows } });
  const plane = applicationPlane('Success', 'Failure');
  const { carry, letters } = bus(stage, plane.react);
  const request = { tenantId: 'hooli', requestedBy: OPERATOR };
  const status = async () => (await readTenant(table, 'hooli'))?.status;

  await signUp({ ...BUYER, tier: 'bridged' }, OPERATOR, dependencies);
  await stage.onboard('hooli');
  await carry();
  await stage.onboard('hooli');
  await machine.run((await deactivate(request, dependencies)).operationId);
  expect(await status()).toBe('inactive');
  await machine.run((await activate(request, dependencies)).operationId);
  expect(await status()).toBe('active');

  const order = { confirm: BUYER.name, retentionDays: 0 };
  const { operationId } = await offboard(request, order, dependencies);
  expect(await machine.run(operationId)).toBe('waiting');
  await carry();
  await machine.run(operationId);
  // It could not: the operation is held, and a retry asks once more.
  expect(await readOperation(table, operationId)).toMatchObject({ status: 'failed' });
  expect(await status()).toBe('offboarding');
  await retryOperation(operationId, dependencies);
  expect(await machine.run(operationId)).toBe('waiting');
  await carry();
  await machine.run(operationId);
  expect(await status()).toBe('offboarded');

  const about = { tenantId: 'hooli', tenantRegistrationId: operationId, tier: 'bridged' };
  expect(plane.seen.slice(1)).toEqual([expect.objectContaining(about), expect.objectContaining(about)]);
  expect(new Set(plane.heard.values())).toEqual(
    new Set([
      ...['sbt_aws_onboardingRequest', 'sbt_aws_deactivateRequest', 'sbt_aws_activateRequest'],
      'sbt_aws_offboardingRequest',
      ...['granary_operationStarted', 'granary_operationSucceeded', 'granary_operationFailed'],
    ]),
  );
  expect(letters).toEqual([]);
});
