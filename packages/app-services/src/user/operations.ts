import { ConflictProblem, ForbiddenProblem, type TenantRole, type USER_ROUTES } from '@granary/api';
import {
  type ApplicationContext,
  type ManagedUsers,
  managedUsers,
  mayGive,
  type Operations,
  type TenantPrincipal,
  tenantRealm,
  type UserAccounts,
  type UserRows,
  userAnswer,
  userPage,
} from '@granary/auth';

export type UserContext = Pick<ApplicationContext, 'principal'>;

export interface UserServiceDeps {
  /** The directory's rows of one tenant. */
  readonly rowsOf: (tenantId: string) => UserRows;
  /** The deployment's users; null when another issuer has them. */
  readonly accounts: UserAccounts | null;
  readonly now: () => Date;
}

/** What the user routes do. The tenant is the caller's own, by the authorizer's word: another one's users are not there. */
export function userOperations(deps: UserServiceDeps): Operations<typeof USER_ROUTES, UserContext> {
  const ofTenant = (principal: TenantPrincipal) => usersOf(principal, deps);
  const changing = (principal: TenantPrincipal): ManagedUsers => {
    // What a support user makes would outlive its access.
    if (principal.accessUntil !== undefined)
      throw new ForbiddenProblem('support access reads users and changes none');
    return ofTenant(principal);
  };
  const toUser = userAnswer<TenantRole>;
  return {
    listUsers: ({ query }, { principal }) => {
      const { userName: name, userId } = principal;
      return userPage<TenantRole>(ofTenant(principal), query, [{ name, userId }]);
    },
    createUser: async ({ body }, { principal }) => {
      const users = changing(principal);
      mayGive(principal.role, body.role);
      return toUser(await users.create(body));
    },
    getUser: async ({ params }, { principal }) => toUser(await ofTenant(principal).get(params.userName)),
    updateUser: async ({ params, body, version }, { principal }) => {
      const users = await withCaller(changing(principal), principal);
      mayGive(principal.role, body.role);
      return toUser(await users.setRole(params.userName, body.role, version));
    },
    deleteUser: async ({ params }, { principal }) =>
      (await withCaller(changing(principal), principal)).remove(params.userName),
    enableUser: async ({ params }, { principal }) =>
      toUser(await changing(principal).enable(params.userName)),
    disableUser: async ({ params }, { principal }) =>
      toUser(await (await withCaller(changing(principal), principal)).disable(params.userName)),
    readUserHealth: async () => ({ service: 'user', status: 'ok' }),
  };
}

/** The tenant's first administrator was made before there was a directory row: now it counts. */
async function withCaller(users: ManagedUsers, { userName }: TenantPrincipal): Promise<ManagedUsers> {
  await users.adopt(userName);
  return users;
}

function usersOf(principal: TenantPrincipal, { rowsOf, accounts, now }: UserServiceDeps): ManagedUsers {
  if (!accounts)
    throw new ConflictProblem('the people of this deployment are managed by its identity provider, not here');
  return managedUsers({
    realm: tenantRealm(principal),
    rows: rowsOf(principal.tenantId),
    accounts,
    now,
  });
}
