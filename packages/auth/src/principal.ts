import {
  type OperatorRole,
  operatorRoleSchema,
  type TenantRole,
  tenantIdSchema,
  tenantRoleSchema,
  tierNameSchema,
} from '@granary/api';
import * as z from 'zod';
import { type ClaimNames, COGNITO_CLAIMS } from './claim-names';
import { InvalidTokenError } from './errors';

/** A person of one tenant. */
export interface TenantPrincipal {
  readonly kind: 'tenant';
  /** The provider's own id: Cognito's `sub`. */
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
  /** The provider's own id: Cognito's `sub`. */
  readonly userId: string;
  readonly userName: string;
  readonly role: OperatorRole;
}

/** Who calls. */
export type Principal = TenantPrincipal | OperatorPrincipal;

// Without control characters, and of the length that Cognito allows: these reach the gateway's context.
const personal = z.string().regex(/^\P{C}{1,128}$/u);

const tenantClaims = {
  userId: personal,
  userName: personal,
  userRole: tenantRoleSchema,
  tenantId: tenantIdSchema,
  tier: tierNameSchema,
};

const operatorClaims = { userId: personal, userName: personal, userRole: operatorRoleSchema };

/**
 * The person that the verified claims of an id token name.
 * @param names where the claims stand
 * @throws InvalidTokenError naming the claims that are missing or malformed, without their values
 */
export function tenantPrincipal(claims: unknown, names: ClaimNames = COGNITO_CLAIMS): TenantPrincipal {
  const { userId, userName, userRole: role, tenantId, tier } = parse(tenantClaims, claims, names);
  return { kind: 'tenant', userId, userName, role, tenantId, tier };
}

/**
 * The operator that the verified claims of an id token name.
 * @param names where the claims stand
 * @throws InvalidTokenError naming the claims that are missing or malformed, without their values
 */
export function operatorPrincipal(claims: unknown, names: ClaimNames = COGNITO_CLAIMS): OperatorPrincipal {
  const { userId, userName, userRole: role } = parse(operatorClaims, claims, names);
  return { kind: 'operator', userId, userName, role };
}

type Shape = Readonly<Partial<Record<keyof ClaimNames, z.ZodType>>>;
type Parsed<S extends Shape> = { readonly [Field in keyof S]: z.output<NonNullable<S[Field]>> };

/** Field by field: two fields may be read from one claim. */
function parse<S extends Shape>(shape: S, claims: unknown, names: ClaimNames): Parsed<S> {
  const given = (typeof claims === 'object' && claims !== null ? claims : {}) as Record<string, unknown>;
  const parsed: Record<string, unknown> = {};
  const refused = new Set<string>();
  for (const [field, schema] of Object.entries(shape) as [keyof ClaimNames, z.ZodType][]) {
    const name = names[field];
    const result = schema.safeParse(Object.hasOwn(given, name) ? given[name] : undefined);
    if (result.success) parsed[field] = result.data;
    else refused.add(name);
  }
  if (refused.size > 0) throw new InvalidTokenError(`missing or malformed ${[...refused].join(', ')}`);
  return parsed as Parsed<S>;
}
