import {
  type OperatorRole,
  operatorRoleSchema,
  type TenantRole,
  tenantIdSchema,
  tenantRoleSchema,
  tierNameSchema,
} from '@granary/api';
import * as z from 'zod';
import { InvalidTokenError } from './errors';

/** A person of one tenant. */
export interface TenantPrincipal {
  readonly kind: 'tenant';
  /** Cognito's `sub`. */
  readonly userId: string;
  readonly userName: string;
  readonly role: TenantRole;
  readonly tenantId: string;
  readonly tier: string;
  /** Id of the API key that the tenant's requests are counted by; the directory says it. @default none known */
  readonly usageKeyId?: string;
}

/** A person who runs the platform. */
export interface OperatorPrincipal {
  readonly kind: 'operator';
  /** Cognito's `sub`. */
  readonly userId: string;
  readonly userName: string;
  readonly role: OperatorRole;
}

/** Who calls. */
export type Principal = TenantPrincipal | OperatorPrincipal;

// Without control characters, and of the length that Cognito allows: these reach the gateway's context.
const personal = z.string().regex(/^\P{C}{1,128}$/u);

const tenantClaims = z.object({
  sub: personal,
  'cognito:username': personal,
  'custom:userRole': tenantRoleSchema,
  'custom:tenantId': tenantIdSchema,
  'custom:tenantTier': tierNameSchema,
});

const operatorClaims = z.object({
  sub: personal,
  'cognito:username': personal,
  'custom:userRole': operatorRoleSchema,
});

/**
 * The person that the verified claims of an id token name.
 * @throws InvalidTokenError naming the claims that are missing or malformed, without their values
 */
export function tenantPrincipal(claims: unknown): TenantPrincipal {
  const {
    sub,
    'cognito:username': userName,
    'custom:userRole': role,
    'custom:tenantId': tenantId,
    'custom:tenantTier': tier,
  } = parse(tenantClaims, claims);
  return { kind: 'tenant', userId: sub, userName, role, tenantId, tier };
}

/**
 * The operator that the verified claims of an id token name.
 * @throws InvalidTokenError naming the claims that are missing or malformed, without their values
 */
export function operatorPrincipal(claims: unknown): OperatorPrincipal {
  const { sub, 'cognito:username': userName, 'custom:userRole': role } = parse(operatorClaims, claims);
  return { kind: 'operator', userId: sub, userName, role };
}

function parse<Schema extends z.ZodType>(schema: Schema, claims: unknown): z.output<Schema> {
  const parsed = schema.safeParse(claims);
  if (parsed.success) return parsed.data;
  const names = new Set(parsed.error.issues.map(({ path }) => String(path[0] ?? 'claims')));
  throw new InvalidTokenError(`missing or malformed ${[...names].join(', ')}`);
}
