import * as z from 'zod';
import { operatorRoleSchema, tenantRoleSchema } from '../role';

/** A user's name: the e-mail address, in lower case. */
export const userNameSchema = z
  .string()
  .max(128)
  .transform((text) => text.toLowerCase())
  .pipe(z.email('must be an e-mail address'));

export const userStatusSchema = z.enum(['enabled', 'disabled']);

/** A support user: somebody of the platform, let in for a reason until a time. */
export const supportMarkSchema = z.object({ until: z.iso.datetime(), reason: z.string().max(500) });

const account = {
  userName: userNameSchema,
  email: z.email(),
  status: userStatusSchema,
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  /** Grows with each change. */
  version: z.number().int().min(1),
};

/** A user of a tenant. */
export const userSchema = z.object({
  ...account,
  role: tenantRoleSchema,
  /** Absent: one of the tenant's own people. */
  support: supportMarkSchema.optional(),
});
export type User = z.output<typeof userSchema>;

/** Who is to be invited; the invitation goes to the address by e-mail. */
export const userInputSchema = z.strictObject({ userName: userNameSchema, role: tenantRoleSchema });
export type UserInput = z.output<typeof userInputSchema>;

export const userChangeSchema = z.strictObject({ role: tenantRoleSchema });

/** Somebody who runs the platform. */
export const operatorSchema = z.object({ ...account, role: operatorRoleSchema });
export type Operator = z.output<typeof operatorSchema>;

export const operatorInputSchema = z.strictObject({ userName: userNameSchema, role: operatorRoleSchema });
export const operatorChangeSchema = z.strictObject({ role: operatorRoleSchema });
