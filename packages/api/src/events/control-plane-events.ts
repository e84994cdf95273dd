import * as z from 'zod';
import { ROLES } from '../role';
import { tenantIdSchema } from '../tenant-id';
import type { EventContract } from './event-contract';

const text = (longest: number) => z.string().min(1).max(longest);
const id = text(128);
const reason = text(500);

/** How the application plane names what it answers to: the id of the operation that asked. Never a permission. */
const tenantRegistrationId = id;

const onboarding = z.strictObject({
  tenantId: tenantIdSchema,
  tenantRegistrationId,
  tenantName: text(100),
  email: z.email().max(254),
  tier: text(64),
  deploymentId: id.optional(),
});

const invoice = z.strictObject({
  tenantId: tenantIdSchema,
  /** Name of the billing provider. */
  provider: text(64),
  invoiceId: id.optional(),
  /** `2026-11`. */
  period: text(32).optional(),
});

const operation = z.strictObject({ operationId: id, kind: text(64), tenantId: tenantIdSchema });

function contract<Detail extends z.ZodObject>(version: number, detail: Detail): EventContract<Detail> {
  return { version, detail };
}

/**
 * Every event that the control plane publishes, by its detail type. Those of the SaaS Builder Toolkit hold at least
 * what its own control plane sends: docs/events.md says where that is written.
 */
export const CONTROL_PLANE_EVENTS = {
  sbt_aws_onboardingRequest: contract(1, onboarding),
  sbt_aws_offboardingRequest: contract(1, onboarding.partial({ email: true })),
  sbt_aws_activateRequest: contract(
    1,
    onboarding
      .pick({ tenantId: true, tenantRegistrationId: true, tenantName: true, tier: true })
      .partial({ tenantRegistrationId: true, tenantName: true, tier: true }),
  ),
  sbt_aws_deactivateRequest: contract(
    1,
    onboarding.pick({ tenantId: true, tenantRegistrationId: true }).partial({ tenantRegistrationId: true }),
  ),
  sbt_aws_billingSuccess: contract(1, invoice),
  sbt_aws_billingFailure: contract(1, invoice.extend({ reason })),
  sbt_aws_tenantUserCreated: contract(
    1,
    z.strictObject({
      tenantId: tenantIdSchema,
      userName: text(254),
      email: z.email().max(254).optional(),
      userRole: z.enum(ROLES),
    }),
  ),
  sbt_aws_tenantUserDeleted: contract(1, z.strictObject({ tenantId: tenantIdSchema, userName: text(254) })),
  granary_operationStarted: contract(1, operation),
  granary_operationSucceeded: contract(1, operation),
  granary_operationFailed: contract(1, operation.extend({ step: text(128).optional(), reason })),
  /** Requests go to another deployment from now on. */
  granary_tenantMoved: contract(
    1,
    z.strictObject({ tenantId: tenantIdSchema, operationId: id, deploymentId: id, tier: text(64) }),
  ),
} as const;

export type ControlPlaneDetailType = keyof typeof CONTROL_PLANE_EVENTS;

/** What the detail of one type holds, without its version. */
export type ControlPlaneDetail<Type extends ControlPlaneDetailType> = z.input<
  (typeof CONTROL_PLANE_EVENTS)[Type]['detail']
>;

/** Whether the control plane publishes events of this type. */
export function isControlPlaneDetailType(detailType: string): detailType is ControlPlaneDetailType {
  return Object.hasOwn(CONTROL_PLANE_EVENTS, detailType);
}
