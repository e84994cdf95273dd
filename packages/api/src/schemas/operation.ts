import * as z from 'zod';
import { auditActorSchema } from '../audit-entry';
import { tenantIdSchema } from '../tenant-id';

/** What can be done to a tenant, each as a workflow of steps. */
export const OPERATION_KINDS = [
  'onboarding',
  'activation',
  'deactivation',
  'plan-change',
  'move',
  'offboarding',
] as const;
export const operationKindSchema = z.enum(OPERATION_KINDS);
export type OperationKind = z.infer<typeof operationKindSchema>;

/**
 * `failed` can be retried or cancelled; `compensating` is being undone, the last step first, and `compensated` is
 * undone.
 */
export const OPERATION_STATUSES = [
  'pending',
  'running',
  'waiting',
  'succeeded',
  'failed',
  'compensating',
  'compensated',
] as const;
export const operationStatusSchema = z.enum(OPERATION_STATUSES);
export type OperationStatus = z.infer<typeof operationStatusSchema>;

/** `skipped`: there was nothing to do, by the platform's configuration. */
export const STEP_STATUSES = [
  'pending',
  'running',
  'waiting',
  'succeeded',
  'skipped',
  'failed',
  'undone',
] as const;
export const stepStatusSchema = z.enum(STEP_STATUSES);
export type StepStatus = z.infer<typeof stepStatusSchema>;

/** A ULID: ids sort by the time of their making. */
export const operationIdSchema = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{26}$/, 'must be an operation id');

/** One step of an operation, as people see it. */
export const operationStepSchema = z.object({
  step: z.string(),
  status: stepStatusSchema,
  attempts: z.number().int().min(0),
  /** Of the last attempt. */
  startedAt: z.iso.datetime().optional(),
  endedAt: z.iso.datetime().optional(),
  /** Why it failed, in words. */
  reason: z.string().optional(),
});
export type OperationStep = z.output<typeof operationStepSchema>;

/** One run of a workflow for one tenant, as operators see it. */
export const operationSchema = z.object({
  operationId: operationIdSchema,
  kind: operationKindSchema,
  tenantId: tenantIdSchema,
  status: operationStatusSchema,
  /** In order. */
  steps: z.array(operationStepSchema),
  requestedBy: auditActorSchema,
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type Operation = z.output<typeof operationSchema>;
