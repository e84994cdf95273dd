import type { Tenant } from '@granary/api';

export type TenantOrder = 'activate' | 'deactivate' | 'change-tier' | 'offboard';

/** What makes sense for a tenant as it is. */
export function tenantOrders(status: Tenant['status']): readonly TenantOrder[] {
  switch (status) {
    case 'active':
      return ['change-tier', 'deactivate', 'offboard'];
    case 'inactive':
      return ['activate', 'offboard'];
    case 'failed':
      return ['offboard'];
    default:
      return [];
  }
}
