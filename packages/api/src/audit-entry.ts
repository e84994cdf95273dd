import * as z from 'zod';
import { ROLES } from './role';
import { tenantIdSchema } from './tenant-id';

/** Who did something: a person with a role, or a part of the platform. */
export const auditActorSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('operator'), userName: z.string().max(254), role: z.enum(ROLES) }),
  z.object({ kind: z.literal('tenant'), userName: z.string().max(254), role: z.enum(ROLES) }),
  z.object({ kind: z.literal('anonymous') }),
  /** A function, state machine or the pipeline, by its name. */
  z.object({ kind: z.literal('platform'), name: z.string().max(128) }),
]);
export type AuditActor = z.output<typeof auditActorSchema>;

/** One line of the audit log, before it has its place in the chain. It holds no secret and no body of a request. */
export const auditEntrySchema = z.object({
  /** Unique; the same entry may arrive twice. */
  entryId: z.string().min(8).max(128),
  at: z.iso.datetime(),
  actor: auditActorSchema,
  /** What was done: an operation of a route, or `<workflow>.<step>`. */
  action: z.string().min(1).max(128),
  /** The tenant it concerns. @default the platform as a whole */
  tenantId: tenantIdSchema.optional(),
  /** What it was done to besides: a user's name, an operation's id. @default nothing */
  subject: z.string().max(254).optional(),
  /** Why, as the actor said. @default nothing said */
  reason: z.string().max(500).optional(),
  /** IP address of the caller. @default none: the platform itself */
  sourceIp: z.string().max(64).optional(),
  requestId: z.string().max(128).optional(),
  result: z.enum(['succeeded', 'refused', 'failed']),
  /** HTTP status of the answer, for requests. */
  status: z.number().int().optional(),
});
export type AuditEntry = z.output<typeof auditEntrySchema>;
