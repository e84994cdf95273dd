import { operatorRoleSchema, tenantIdSchema, tenantRoleSchema, tierNameSchema } from '@granary/api';
import * as z from 'zod';
import { AuthorizerContextError } from './errors';
import { accessUntilSchema, type OperatorPrincipal, type TenantPrincipal } from './principal';
import { usageKeyIdSchema } from './usage-key-id';

/** Temporary credentials that reach one tenant's rows and nothing else. Secret: never log them. */
export interface TenantCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  /** When STS ends the session. */
  readonly expiresAt: Date;
}

/** Who calls an application route, and with what it may read the tenant's rows. */
export interface TenantCaller {
  readonly principal: TenantPrincipal;
  /** @default none: the service vends them by the caller's token */
  readonly credentials?: TenantCredentials;
}

const person = { userId: z.string().min(1), userName: z.string().min(1) };

/** API Gateway passes flat strings only. */
const personContext = z.object({
  ...person,
  role: tenantRoleSchema,
  tenantId: tenantIdSchema,
  tier: tierNameSchema,
  usageKeyId: usageKeyIdSchema.optional(),
  accessUntil: accessUntilSchema.optional(),
});

const tenantContext = personContext.extend({
  accessKeyId: z.string().min(1),
  secretAccessKey: z.string().min(1),
  sessionToken: z.string().min(1),
  credentialsExpireAt: z.iso.datetime(),
});

const operatorContext = z.object({ ...person, role: operatorRoleSchema });

/** What the application authorizer hands to the services when it vends their credentials. */
export type TenantAuthorizerContext = z.input<typeof tenantContext>;

/** What it hands to them when they vend for themselves. */
export type TenantPersonContext = z.input<typeof personContext>;

/** What the control authorizer hands to the services. */
export type OperatorAuthorizerContext = z.output<typeof operatorContext>;

/** Flattens a caller into what API Gateway can carry. */
export function toTenantContext(caller: TenantCaller): TenantAuthorizerContext | TenantPersonContext {
  const { userId, userName, role, tenantId, tier, usageKeyId, accessUntil } = caller.principal;
  const context = {
    ...{ userId, userName, role, tenantId, tier },
    ...(usageKeyId ? { usageKeyId } : {}),
    ...(accessUntil === undefined ? {} : { accessUntil: String(accessUntil) }),
  };
  if (!caller.credentials) return context;
  const { accessKeyId, secretAccessKey, sessionToken, expiresAt } = caller.credentials;
  return {
    ...context,
    accessKeyId,
    secretAccessKey,
    sessionToken,
    credentialsExpireAt: expiresAt.toISOString(),
  };
}

/** Flattens an operator into what API Gateway can carry. */
export function toOperatorContext({ userId, userName, role }: OperatorPrincipal): OperatorAuthorizerContext {
  return { userId, userName, role };
}

/**
 * The caller that the application authorizer wrote into the event's `requestContext.authorizer`, with credentials.
 * @throws AuthorizerContextError naming the fields that are missing or malformed
 */
export function tenantCaller(authorizer: unknown): Required<TenantCaller> {
  const context = parse(tenantContext, authorizer);
  const { accessKeyId, secretAccessKey, sessionToken, credentialsExpireAt } = context;
  return {
    principal: principalOf(context),
    credentials: {
      accessKeyId,
      secretAccessKey,
      sessionToken,
      expiresAt: new Date(credentialsExpireAt),
    },
  };
}

/**
 * The person that the application authorizer wrote there; credentials, if any, are not looked at.
 * @throws AuthorizerContextError naming the fields that are missing or malformed
 */
export function tenantPerson(authorizer: unknown): TenantPrincipal {
  return principalOf(parse(personContext, authorizer));
}

function principalOf(person: z.output<typeof personContext>): TenantPrincipal {
  const { userId, userName, role, tenantId, tier, usageKeyId, accessUntil } = person;
  return {
    ...{ kind: 'tenant' as const, userId, userName, role, tenantId, tier },
    ...(usageKeyId ? { usageKeyId } : {}),
    ...(accessUntil === undefined ? {} : { accessUntil }),
  };
}

/**
 * The operator that the control authorizer wrote into the event's `requestContext.authorizer`.
 * @throws AuthorizerContextError naming the fields that are missing or malformed
 */
export function operatorCaller(authorizer: unknown): { readonly principal: OperatorPrincipal } {
  return { principal: { kind: 'operator', ...parse(operatorContext, authorizer) } };
}

function parse<Schema extends z.ZodType>(schema: Schema, authorizer: unknown): z.output<Schema> {
  const parsed = schema.safeParse(authorizer ?? {});
  if (parsed.success) return parsed.data;
  throw new AuthorizerContextError([
    ...new Set(parsed.error.issues.map(({ path }) => String(path[0] ?? 'context'))),
  ]);
}
