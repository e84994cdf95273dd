import { marshall } from '@aws-sdk/util-dynamodb';
import type { Context } from 'aws-lambda';
import { signUp } from '../registration/sign-up';
import { silentTelemetry } from '../rehearsal/gateway-event';
import { MemoryAuditStore } from '../rehearsal/memory-audit-store';
import { BUYER, OPERATOR, Rehearsal } from '../rehearsal/rehearsal';
import { readTenant } from '../tenant/tenant-record';
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

/**
 * The toolkit's provisioning job: its rule picks the request, its job reads fields of the detail, and its state machine
 * sends the identifier back with what the job put out.
 */
function provisioningJob(outcome: 'Success' | 'Failure') {
  const seen: Readonly<Record<string, unknown>>[] = [];
  const react = ({ detailType, detail }: CarriedEvent) => {
    if (detailType !== 'sbt_aws_onboardingRequest') return undefined;
    seen.push(detail);
    const jobOutput =
      outcome === 'Success'
        ? { tenantData: { tenantConfig: '{}' }, tenantRegistrationData: { registrationStatus: 'Created' } }
        : { tenantStatus: 'Failed to provision tenant.' };
    return {
      source: 'sbt.application.plane',
      'detail-type': `sbt_aws_provision${outcome}`,
      detail: { tenantRegistrationId: detail.tenantRegistrationId, jobOutput },
    };
  };
  return { react, seen };
}

test.each([
  ['Success', 'active'],
  ['Failure', undefined],
] as const)(
  'an application plane that was built for the toolkit provisions a tenant: %s',
  async (outcome, tenantStatus) => {
    const stage = new Rehearsal();
    const job = provisioningJob(outcome);
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
