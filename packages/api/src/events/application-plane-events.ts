import * as z from 'zod';
import { ingestUsageDetailSchema } from '../schemas/usage-record';
import { tenantIdSchema } from '../tenant-id';
import type { EventContract } from './event-contract';

/** The transitions of a tenant that an application plane answers for. */
export const TRANSITIONS = [
  'onboarding',
  'offboarding',
  'provision',
  'deprovision',
  'activate',
  'deactivate',
] as const;
export type Transition = (typeof TRANSITIONS)[number];
export type TransitionOutcome = 'Success' | 'Failure';

const someText = z.record(z.string().max(128), z.unknown());

/**
 * What a job of the SaaS Builder Toolkit sends when it ends: the request's identifier, and its output. Which
 * identifier depends on the toolkit's version, so either will do. Fields that we do not know are left out.
 */
const transitionDetailSchema = z
  .object({
    version: z.literal(1).optional(),
    tenantRegistrationId: z.string().min(1).max(128).optional(),
    tenantId: tenantIdSchema.optional(),
    jobOutput: z
      .object({
        tenantData: someText.optional(),
        tenantRegistrationData: someText.optional(),
        /** Why it failed, in the toolkit's own words. */
        tenantStatus: z.string().max(2048).optional(),
      })
      .optional(),
    reason: z.string().max(2048).optional(),
  })
  .refine((detail) => detail.tenantRegistrationId !== undefined || detail.tenantId !== undefined, {
    message: 'must name the tenant by tenantRegistrationId or tenantId',
  });
export type TransitionDetail = z.output<typeof transitionDetailSchema>;

export type TransitionDetailType = `sbt_aws_${Transition}${TransitionOutcome}`;
export const INGEST_USAGE = 'sbt_aws_ingestUsage';
export type ApplicationPlaneDetailType = TransitionDetailType | typeof INGEST_USAGE;

const transitions = TRANSITIONS.flatMap((transition) =>
  (['Success', 'Failure'] as const).map((outcome): [TransitionDetailType, EventContract] => [
    `sbt_aws_${transition}${outcome}`,
    { version: 1, detail: transitionDetailSchema },
  ]),
);

/** Every event that the control plane takes, by its detail type. */
export const APPLICATION_PLANE_EVENTS = {
  ...(Object.fromEntries(transitions) as Record<TransitionDetailType, EventContract>),
  [INGEST_USAGE]: { version: 1, detail: ingestUsageDetailSchema },
} as const;

/** A result of the application plane, parsed. */
export type ApplicationPlaneEvent =
  | {
      readonly kind: 'transition';
      readonly transition: Transition;
      readonly succeeded: boolean;
      readonly detail: TransitionDetail;
    }
  | { readonly kind: 'usage'; readonly records: readonly unknown[] };

export type ParsedEvent =
  | { readonly ok: true; readonly event: ApplicationPlaneEvent }
  /** What is wrong, without the values. */
  | { readonly ok: false; readonly reason: string };

const TRANSITION_TYPE = new RegExp(`^sbt_aws_(${TRANSITIONS.join('|')})(Success|Failure)$`);

/** Checks the detail of an event from the application plane against its type's schema. */
export function parseApplicationPlaneEvent(detailType: string, detail: unknown): ParsedEvent {
  if (detailType === INGEST_USAGE) {
    const parsed = ingestUsageDetailSchema.safeParse(detail);
    if (!parsed.success) return malformed(parsed.error);
    return { ok: true, event: { kind: 'usage', records: parsed.data.records } };
  }
  const [, transition, outcome] = TRANSITION_TYPE.exec(detailType) ?? [];
  if (transition === undefined) return { ok: false, reason: 'no event of this detail type is known' };
  const parsed = transitionDetailSchema.safeParse(detail);
  if (!parsed.success) return malformed(parsed.error);
  return {
    ok: true,
    event: {
      kind: 'transition',
      transition: transition as Transition,
      succeeded: outcome === 'Success',
      detail: parsed.data,
    },
  };
}

function malformed({ issues }: z.ZodError): ParsedEvent {
  const faults = issues.slice(0, 5).map(({ path, message }) => `${path.join('.') || 'detail'}: ${message}`);
  return { ok: false, reason: faults.join('; ') };
}
