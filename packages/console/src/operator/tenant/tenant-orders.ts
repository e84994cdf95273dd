import type { Tenant } from '@granary/api';

export type TenantOrder = 'activate' | 'deactivate' | 'change-tier' | 'move' | 'offboard';

/** What makes sense for a tenant as it is. */
export function tenantOrders(status: Tenant['status']): readonly TenantOrder[] {
  switch (status) {
    case 'active':
      return ['change-tier', 'move', 'deactivate', 'offboard'];
    case 'inactive':
      return ['activate', 'change-tier', 'move', 'offboard'];
    default:
      return [];
  }
}
