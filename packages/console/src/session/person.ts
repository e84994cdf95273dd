import { ROLES } from '@granary/api';
import * as z from 'zod';
import { type Person, SignInError } from './sign-in-step';

const claimsSchema = z.object({
  email: z.string(),
  'cognito:username': z.string().optional(),
  sub: z.string(),
  'custom:userRole': z.enum(ROLES),
  'custom:tenantId': z.string().optional(),
});

/**
 * Who a token is of. Only for what the page shows: the API looks at the token itself.
 *
 * @throws SignInError when it names no role
 */
export function personOf(claims: unknown): Person {
  const parsed = claimsSchema.safeParse(claims);
  if (!parsed.success) throw new SignInError('unknown', 'the token names no role of this platform');
  const { email, sub, 'custom:userRole': role, 'custom:tenantId': tenantId } = parsed.data;
  const userName = parsed.data['cognito:username'] ?? sub;
  return { userName, email, role, ...(tenantId ? { tenantId } : {}) };
}
