import * as z from 'zod';
import { tenantRoleSchema } from '../role';
import { tenantIdSchema } from '../tenant-id';
import { userNameSchema } from './user';

/** The longest that an operator is let into a tenant at once, in minutes. */
export const MAX_SUPPORT_MINUTES = 480;

export const supportAccessIdSchema = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{26}$/, 'must be a ULID');

export const supportAccessInputSchema = z.strictObject({
  /** Why, in words that the tenant may read. */
  reason: z.string().trim().min(10).max(500),
  minutes: z.number().int().min(1).max(MAX_SUPPORT_MINUTES),
  /** What the operator may do there. */
  role: tenantRoleSchema.default('TenantUser'),
});
export type SupportAccessInput = z.output<typeof supportAccessInputSchema>;

/** An operator's access to a tenant. */
export const supportAccessSchema = z.object({
  accessId: supportAccessIdSchema,
  tenantId: tenantIdSchema,
  /** The user that was made for it, in the tenant's deployment. */
  userName: userNameSchema,
  role: tenantRoleSchema,
  reason: z.string(),
  /** The operator. */
  grantedTo: z.string(),
  status: z.enum(['active', 'ended']),
  createdAt: z.iso.datetime(),
  /** Nothing is served after it. */
  until: z.iso.datetime(),
  /** When its user was deleted. @default still there */
  endedAt: z.iso.datetime().optional(),
});
export type SupportAccess = z.output<typeof supportAccessSchema>;

/** The answer to who was just let in: the only place where the password ever is. */
export const grantedSupportAccessSchema = supportAccessSchema.extend({
  password: z.string(),
  region: z.string(),
  apiUrl: z.url(),
  userPoolId: z.string(),
  userPoolClientId: z.string(),
});
export type GrantedSupportAccess = z.output<typeof grantedSupportAccessSchema>;
