import { OPERATOR_ROUTES, type OperatorRole } from '@granary/api';
import {
  controlHandler,
  type ManagedUsers,
  managedUsers,
  mayGive,
  OPERATOR_REALM,
  type ServiceHandler,
  type Telemetry,
  type UserAccounts,
  type UserRows,
  userAnswer,
  userPage,
} from '@granary/auth';
import { auditRequests } from '../audit/audit-requests';
import type { ControlTable } from '../control-table/control-table';

export interface OperatorServiceOptions {
  readonly table: ControlTable;
  /** The operators in the directory. */
  readonly rows: UserRows;
  /** The operators' pool. */
  readonly accounts: UserAccounts;
  readonly now: () => Date;
  /** @default Powertools, set by the environment */
  readonly telemetry?: Telemetry;
}

/** The service by which operators manage operators. */
export function operatorService(options: OperatorServiceOptions): ServiceHandler {
  const { table, rows, accounts, now, telemetry } = options;
  const users = managedUsers({ realm: OPERATOR_REALM, rows, accounts, now });
  // The first operator was made by hand: it counts from when it first changes something.
  const withCaller = async (userName: string): Promise<ManagedUsers> => {
    await users.adopt(userName);
    return users;
  };
  const toOperator = userAnswer<OperatorRole>;
  return controlHandler({
    service: 'operator',
    routes: OPERATOR_ROUTES,
    audit: auditRequests(table),
    ...(telemetry ? { telemetry } : {}),
    operations: {
      listOperators: ({ query }, { principal: { userName: name, userId } }) =>
        userPage<OperatorRole>(users, query, [{ name, userId }]),
      createOperator: async ({ body }, { principal, concerns }) => {
        concerns({ subject: body.userName });
        mayGive(principal.role, body.role);
        return toOperator(await users.create(body));
      },
      getOperator: async ({ params }) => toOperator(await users.get(params.userName)),
      updateOperator: async ({ params, body, version }, { principal, concerns }) => {
        concerns({ subject: params.userName });
        mayGive(principal.role, body.role);
        const all = await withCaller(principal.userName);
        return toOperator(await all.setRole(params.userName, body.role, version));
      },
      deleteOperator: async ({ params }, { principal, concerns }) => {
        concerns({ subject: params.userName });
        await (await withCaller(principal.userName)).remove(params.userName);
      },
      enableOperator: async ({ params }, { concerns }) => {
        concerns({ subject: params.userName });
        return toOperator(await users.enable(params.userName));
      },
      disableOperator: async ({ params }, { principal, concerns }) => {
        concerns({ subject: params.userName });
        return toOperator(await (await withCaller(principal.userName)).disable(params.userName));
      },
      readOperatorHealth: async () => ({ service: 'operator', status: 'ok' as const }),
    },
  });
}
