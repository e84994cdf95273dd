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
  /** When the access of a support user ends, in seconds since the epoch: nothing is served from then on. @default never */
  readonly accessUntil?: number;
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

/** Seconds since the epoch, as attributes and the gateway's context carry them. */
export const accessUntilSchema = z
  .string()
  .regex(/^\d{10}$/)
  .transform(Number);

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
  const accessUntil = endOf(claims, names);
  return {
    ...{ kind: 'tenant' as const, userId, userName, role, tenantId, tier },
    ...(accessUntil === undefined ? {} : { accessUntil }),
  };
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

/** A claim that is there and no time is no token: without it, access would not end. */
function endOf(claims: unknown, { accessUntil: name }: ClaimNames): number | undefined {
  const given = (claims ?? {}) as Record<string, unknown>;
  if (name === undefined || !Object.hasOwn(given, name)) return undefined;
  const parsed = accessUntilSchema.safeParse(given[name]);
  if (!parsed.success) throw new InvalidTokenError(`missing or malformed ${name}`);
  return parsed.data;
}

type Field = Exclude<keyof ClaimNames, 'accessUntil'>;
type Shape = Readonly<Partial<Record<Field, z.ZodType>>>;
type Parsed<S extends Shape> = { readonly [Name in keyof S]: z.output<NonNullable<S[Name]>> };

/** Field by field: two fields may be read from one claim. */
function parse<S extends Shape>(shape: S, claims: unknown, names: ClaimNames): Parsed<S> {
  const given = (typeof claims === 'object' && claims !== null ? claims : {}) as Record<string, unknown>;
  const parsed: Record<string, unknown> = {};
  const refused = new Set<string>();
  for (const [field, schema] of Object.entries(shape) as [Field, z.ZodType][]) {
    const name = names[field];
    const result = schema.safeParse(Object.hasOwn(given, name) ? given[name] : undefined);
    if (result.success) parsed[field] = result.data;
    else refused.add(name);
  }
  if (refused.size > 0) throw new InvalidTokenError(`missing or malformed ${[...refused].join(', ')}`);
  return parsed as Parsed<S>;
}
