import * as z from 'zod';
import { auditEntrySchema } from '../audit-entry';
import { tenantIdSchema } from '../tenant-id';
import { pageQuerySchema } from './page';

/** A line of the audit log, in its place in the chain. */
export const auditLineSchema = auditEntrySchema.extend({
  /** Place in the chain of its tenant, or of the platform; from 1, without gaps. */
  sequence: z.number().int(),
  /** When the log took it. */
  recordedAt: z.iso.datetime(),
  /** sha256, hexadecimal, of the previous line's hash and this line. */
  hash: z.string(),
});
export type AuditLine = z.output<typeof auditLineSchema>;

const time = z.iso.datetime({ offset: true }).transform((value) => new Date(value).toISOString());

export const auditQuerySchema = pageQuerySchema.extend({
  /** @default all tenants, and the platform */
  tenantId: tenantIdSchema.optional(),
  /** Inclusive. @default 7 days before `to` */
  from: time.optional(),
  /** Exclusive. @default now */
  to: time.optional(),
  /** A user name, or the name of a part of the platform; whole. @default anyone */
  actor: z.string().min(1).max(254).optional(),
  /** An operation of a route, or a workflow's step; whole. @default anything */
  action: z.string().min(1).max(128).optional(),
});
export type AuditQuery = z.output<typeof auditQuerySchema>;

export const auditVerificationQuerySchema = z.object({
  /** @default the platform's own chain */
  tenantId: tenantIdSchema.optional(),
  /** Goes on behind this line, taken to be good: `head.sequence` of an answer that was not finished. @default 0 */
  after: z.coerce.number().int().min(0).max(999_999_999_999).default(0),
});
export type AuditVerificationQuery = z.output<typeof auditVerificationQuerySchema>;

/** What a walk over a chain found. */
export const auditVerificationSchema = z.object({
  tenantId: tenantIdSchema.optional(),
  /** `unfinished`: all well so far; ask again with `after` as `head.sequence`. */
  verdict: z.enum(['intact', 'broken', 'unfinished']),
  /** The last line up to which all is well; sequence 0 where there is none. */
  head: z.object({ sequence: z.number().int(), hash: z.string() }),
  /** Heads that were kept elsewhere and hold. */
  anchors: z.number().int(),
  /** The first place that does not hold. @default none */
  broken: z
    .object({
      sequence: z.number().int(),
      fault: z.enum(['changed', 'missing', 'unlinked', 'not-as-anchored']),
    })
    .optional(),
});
export type AuditVerification = z.output<typeof auditVerificationSchema>;
