import * as z from 'zod';

/** Who a person is to the platform. The first two are operators, the last two belong to one tenant. */
export const ROLES = ['SystemAdmin', 'CustomerSupport', 'TenantAdmin', 'TenantUser'] as const;
export type Role = (typeof ROLES)[number];

export const OPERATOR_ROLES = ['SystemAdmin', 'CustomerSupport'] as const satisfies readonly Role[];
export type OperatorRole = (typeof OPERATOR_ROLES)[number];

export const TENANT_ROLES = ['TenantAdmin', 'TenantUser'] as const satisfies readonly Role[];
export type TenantRole = (typeof TENANT_ROLES)[number];

export const operatorRoleSchema = z.enum(OPERATOR_ROLES);
export const tenantRoleSchema = z.enum(TENANT_ROLES);
