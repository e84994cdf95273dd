import { TENANT_ROLES, type TenantRole } from '@granary/api';
import { allItems } from '@granary/client';
import { useMemo } from 'react';
import { PEOPLE } from '../../strings/en/operator/people';
import { useAnswer } from '../answer/use-answer';
import { type Account, type AccountOrders, PeopleList } from '../people/people-list';

/** The users of a tenant, and all that can be done to them. */
export function TenantUsers({ tenantId }: { readonly tenantId: string }) {
  const orders = useMemo(() => ordersFor(tenantId), [tenantId]);
  const users = useAnswer<readonly Account[]>(['users', tenantId], (control, signal) =>
    allItems<ListInput, Account>(control.listTenantUsers, { params: { tenantId } }, { signal }),
  );
  return <PeopleList title={PEOPLE.users} query={users} orders={orders} refreshes="users" />;
}

interface ListInput {
  readonly params: { readonly tenantId: string };
  readonly query?: { readonly nextToken?: string; readonly limit?: number };
}

function ordersFor(tenantId: string): AccountOrders {
  return {
    operations: {
      create: 'createTenantUser',
      update: 'updateTenantUser',
      remove: 'deleteTenantUser',
      enable: 'enableTenantUser',
      disable: 'disableTenantUser',
    },
    roles: TENANT_ROLES,
    create: (control, userName, role) =>
      control.createTenantUser({ params: { tenantId }, body: { userName, role: role as TenantRole } }),
    update: (control, { userName, version }, role) =>
      control.updateTenantUser({
        params: { tenantId, userName },
        body: { role: role as TenantRole },
        version,
      }),
    remove: (control, userName) => control.deleteTenantUser({ params: { tenantId, userName } }),
    enable: (control, userName) => control.enableTenantUser({ params: { tenantId, userName } }),
    disable: (control, userName) => control.disableTenantUser({ params: { tenantId, userName } }),
  };
}
