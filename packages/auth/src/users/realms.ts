import { ForbiddenProblem, OPERATOR_ROLES, ROLES, type Role, TENANT_ROLES } from '@granary/api';
import type { Realm } from './managed-users';

/** The people of one tenant of a deployment. */
export function tenantRealm({ tenantId, tier }: { readonly tenantId: string; readonly tier: string }): Realm {
  return {
    marks: { 'custom:tenantId': tenantId },
    extras: { 'custom:tenantTier': tier },
    roles: TENANT_ROLES,
  };
}

/** The people who run the platform: all of the operators' pool. */
export const OPERATOR_REALM: Realm = { marks: {}, roles: OPERATOR_ROLES };

/**
 * Whether a role may be given by somebody: none above the giver's own.
 * @throws ForbiddenProblem
 */
export function mayGive(own: Role, given: Role): void {
  // The highest comes first.
  if (ROLES.indexOf(given) < ROLES.indexOf(own))
    throw new ForbiddenProblem(`your role, ${own}, cannot give ${given}`);
}
