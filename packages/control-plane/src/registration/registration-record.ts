import {
  ONBOARDING_STEPS,
  type OnboardingStep,
  onboardingStepSchema,
  registrationSchema,
} from '@granary/api';
import * as z from 'zod';
import type { ControlTable, ItemKey, Write } from '../control-table/control-table';
import { recordCodec } from '../control-table/record-codec';
import { FAILURE_REASONS } from '../workflow/failure-reason';

const attempts = z.number().int().min(1);
const endedAt = z.iso.datetime();

/** What became of one step. */
export const stepStateSchema = z.discriminatedUnion('status', [
  z.object({ status: z.literal('pending'), attempts: z.literal(0) }),
  z.object({ status: z.literal('running'), attempts }),
  z.object({ status: z.literal('succeeded'), attempts, endedAt }),
  z.object({
    status: z.literal('failed'),
    attempts: z.number().int().min(0),
    endedAt,
    reason: z.enum(FAILURE_REASONS),
  }),
]);
export type StepState = z.output<typeof stepStateSchema>;

/** A registration as it is stored: one run of onboarding for one tenant. */
export const registrationRecordSchema = registrationSchema.omit({ steps: true }).extend({
  deploymentId: z.string(),
  steps: z.record(onboardingStepSchema, stepStateSchema),
  /** Grows by one with each write. */
  revision: z.number().int().min(1),
});
export type RegistrationRecord = z.output<typeof registrationRecordSchema>;

export function registrationKey(registrationId: string): ItemKey {
  return { pk: `REGISTRATION#${registrationId}`, sk: 'REGISTRATION' };
}

export const registrationCodec = recordCodec(registrationRecordSchema, ({ registrationId }) =>
  registrationKey(registrationId),
);

export async function readRegistration(
  table: ControlTable,
  registrationId: string,
): Promise<RegistrationRecord | undefined> {
  const item = await table.get(registrationKey(registrationId));
  return item && registrationCodec.decode(item);
}

export function newRegistration(
  facts: Pick<RegistrationRecord, 'registrationId' | 'tenantId' | 'tier' | 'deploymentId'>,
  at: string,
): RegistrationRecord {
  const steps = Object.fromEntries(
    ONBOARDING_STEPS.map((step): [OnboardingStep, StepState] => [step, { status: 'pending', attempts: 0 }]),
  ) as RegistrationRecord['steps'];
  return { ...facts, status: 'pending', steps, createdAt: at, updatedAt: at, revision: 1 };
}

export function storeNewRegistration(record: RegistrationRecord): Write {
  return { type: 'put', item: registrationCodec.encode(record), expect: { kind: 'absent' } };
}

/** Stores a changed registration, unless somebody else changed it since it was read. */
export function replaceRegistration(record: RegistrationRecord): Write {
  const item = registrationCodec.encode({ ...record, revision: record.revision + 1 });
  return { type: 'put', item, expect: { kind: 'equal', attribute: 'revision', value: record.revision } };
}
