import { TENANT_USER_ROUTES, type TenantRole } from '@granary/api';
import {
  controlHandler,
  mayGive,
  type ServiceHandler,
  type Telemetry,
  userAnswer,
  userPage,
} from '@granary/auth';
import { auditRequests } from '../audit/audit-requests';
import { readPage } from '../control-table/page';
import { publishedEvent } from '../events/published-event';
import { endSupportAccess } from '../support-access/end-support-access';
import { grantSupportAccess } from '../support-access/grant-support-access';
import { supportListing } from '../support-access/support-record';
import { type TenantPeopleDeps, tenantPeople } from './tenant-people';

export interface TenantUserServiceOptions extends TenantPeopleDeps {
  /** A new ULID. */
  readonly newId: () => string;
  /** @default Powertools, set by the environment */
  readonly telemetry?: Telemetry;
}

/** The service by which operators manage tenants' users, and are let into tenants themselves. */
export function tenantUserService(options: TenantUserServiceOptions): ServiceHandler {
  const { table, now, newId, telemetry } = options;
  const people = (tenantId: string) => tenantPeople(tenantId, options);
  const toUser = userAnswer<TenantRole>;
  // By hand and from outside, the first administrator has no row before it is named.
  const withAdmin = async (tenantId: string) => {
    const { tenant, users } = await people(tenantId);
    await users.adopt(tenant.adminEmail);
    return users;
  };
  return controlHandler({
    service: 'tenant-user',
    routes: TENANT_USER_ROUTES,
    audit: auditRequests(table),
    ...(telemetry ? { telemetry } : {}),
    operations: {
      listTenantUsers: async ({ params, query }) => {
        const { tenant, users } = await people(params.tenantId);
        return userPage<TenantRole>(users, query, [{ name: tenant.adminEmail }]);
      },
      createTenantUser: async ({ params: { tenantId }, body }, { principal, concerns }) => {
        concerns({ subject: body.userName });
        mayGive(principal.role, body.role);
        const user = await (await people(tenantId)).users.create(body);
        const detail = { tenantId, userName: user.userName, email: user.userName, userRole: user.role };
        await table.write([event('sbt_aws_tenantUserCreated', detail)]);
        return toUser(user);
      },
      getTenantUser: async ({ params }) =>
        toUser(await (await people(params.tenantId)).users.get(params.userName)),
      updateTenantUser: async ({ params, body, version }, { principal, concerns }) => {
        concerns({ subject: params.userName });
        mayGive(principal.role, body.role);
        return toUser(await (await withAdmin(params.tenantId)).setRole(params.userName, body.role, version));
      },
      deleteTenantUser: async ({ params: { tenantId, userName } }, { concerns }) => {
        concerns({ subject: userName });
        await (await withAdmin(tenantId)).remove(userName);
        await table.write([event('sbt_aws_tenantUserDeleted', { tenantId, userName })]);
      },
      enableTenantUser: async ({ params }, { concerns }) => {
        concerns({ subject: params.userName });
        return toUser(await (await people(params.tenantId)).users.enable(params.userName));
      },
      disableTenantUser: async ({ params }, { concerns }) => {
        concerns({ subject: params.userName });
        return toUser(await (await withAdmin(params.tenantId)).disable(params.userName));
      },
      grantSupportAccess: async ({ params, body }, { principal, concerns }) => {
        concerns({ reason: body.reason });
        const granted = await grantSupportAccess(
          { ...body, tenantId: params.tenantId, operator: principal },
          options,
        );
        concerns({ subject: granted.accessId });
        return granted;
      },
      listSupportAccess: ({ params, query }) => readPage(table, supportListing(params.tenantId), query),
      endSupportAccess: async ({ params }, { principal, concerns }) => {
        concerns({ subject: params.accessId });
        const { kind, userName, role } = principal;
        await endSupportAccess(params, { kind, userName, role }, options);
      },
      readTenantUserHealth: async () => ({ service: 'tenant-user', status: 'ok' as const }),
    },
  });

  function event(...[detailType, detail]: EventOf) {
    return publishedEvent({ eventId: newId(), detailType, detail } as never, now().toISOString());
  }
}

type EventOf =
  | [
      'sbt_aws_tenantUserCreated',
      {
        readonly tenantId: string;
        readonly userName: string;
        readonly email: string;
        readonly userRole: string;
      },
    ]
  | ['sbt_aws_tenantUserDeleted', { readonly tenantId: string; readonly userName: string }];
