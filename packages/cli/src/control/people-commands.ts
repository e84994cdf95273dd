import { allItems, type ControlClient } from '@granary/client';
import { type ControlCommand, type Given, written } from './control-command';

const USER = ['userName', 'role', 'status', 'createdAt'];
const ACCESS = ['accessId', 'userName', 'role', 'grantedTo', 'status', 'until', 'reason'];

/** What the commands of people say and ask: the same for a tenant's users and for operators. */
interface People {
  readonly group: string;
  /** `a user of a tenant`. */
  readonly one: string;
  readonly all: string;
  readonly roles: string;
  /** Arguments that say whose people they are. @default the platform's own */
  readonly of?: readonly string[];
  readonly list: ControlCommand['ask'];
  readonly show: (client: ControlClient, given: Given) => Promise<{ readonly version: number }>;
  /** Asked with what a person wrote: the API checks it, and says what is wrong. */
  readonly add: (client: ControlClient, given: Given) => Promise<unknown>;
  readonly setRole: (client: ControlClient, given: Given, version: number) => Promise<unknown>;
  readonly enable: (client: ControlClient, given: Given) => Promise<unknown>;
  readonly disable: (client: ControlClient, given: Given) => Promise<unknown>;
  readonly remove: (client: ControlClient, given: Given) => Promise<unknown>;
}

const user = ({ id: tenantId = '', userName = '' }: Given) => ({ params: { tenantId, userName } });
const operator = ({ userName = '' }: Given) => ({ params: { userName } });

const USERS: People = {
  ...{ group: 'users', one: 'a user of a tenant', all: 'the users of a tenant', of: ['<id>'] },
  roles: 'TenantAdmin or TenantUser',
  list: (client, { id: tenantId = '' }, signal) =>
    allItems((query: object) => client.listTenantUsers({ params: { tenantId }, ...query }, { signal })),
  show: (client, given) => client.getTenantUser(user(given)),
  add: (client, { id: tenantId = '', userName, role }) =>
    client.createTenantUser({ params: { tenantId }, body: written({ userName, role }) }),
  setRole: (client, given, version) =>
    client.updateTenantUser({ ...user(given), version, body: written({ role: given.role }) }),
  enable: (client, given) => client.enableTenantUser(user(given)),
  disable: (client, given) => client.disableTenantUser(user(given)),
  remove: (client, given) => client.deleteTenantUser(user(given)),
};

const OPERATORS: People = {
  ...{ group: 'operators', one: 'an operator', all: 'who runs the platform' },
  roles: 'SystemAdmin or CustomerSupport',
  list: (client, _given, signal) => allItems(client.listOperators, {}, { signal }),
  show: (client, given) => client.getOperator(operator(given)),
  add: (client, { userName, role }) => client.createOperator({ body: written({ userName, role }) }),
  setRole: (client, given, version) =>
    client.updateOperator({ ...operator(given), version, body: written({ role: given.role }) }),
  enable: (client, given) => client.enableOperator(operator(given)),
  disable: (client, given) => client.disableOperator(operator(given)),
  remove: (client, given) => client.deleteOperator(operator(given)),
};

function commandsOf({ group, one, all, roles, of = [], ...people }: People): readonly ControlCommand[] {
  const args = [...of, '<userName>'];
  const flag = '--role <role>';
  const role = { options: { [flag]: roles }, required: [flag] };
  return [
    { name: `${group} list`, description: `List ${all}.`, args: of, ask: people.list, columns: USER },
    { name: `${group} show`, description: `Show ${one}.`, args, ask: people.show },
    { name: `${group} add`, description: `Invite ${one} by e-mail.`, args, ...role, ask: people.add },
    {
      name: `${group} role`,
      description: `Give ${one} another role.`,
      args,
      ...role,
      // A change names the version that it is meant for: the one that is there now.
      ask: async (client, given) => people.setRole(client, given, (await people.show(client, given)).version),
    },
    { name: `${group} enable`, description: `Let ${one} in again.`, args, ask: people.enable },
    { name: `${group} disable`, description: `Keep ${one} out.`, args, ask: people.disable },
    {
      name: `${group} remove`,
      description: `Delete ${one}; not the last administrator.`,
      args,
      ask: (client, given) =>
        gone(people.remove(client, given), of.length > 0 ? user(given) : operator(given)),
    },
  ];
}

/** What is gone has nothing left to show but its name. */
async function gone(work: Promise<unknown>, { params }: { readonly params: object }) {
  await work;
  return { ...params, status: 'deleted' };
}

/** Every command about people: tenants' users, operators, and the access of the latter to the former. */
export const PEOPLE_COMMANDS: readonly ControlCommand[] = [
  ...commandsOf(USERS),
  ...commandsOf(OPERATORS),
  {
    name: 'support list',
    description: "List the operators' accesses to a tenant, the newest first.",
    args: ['<id>'],
    ask: (client, { id: tenantId = '' }, signal) =>
      allItems((query: object) => client.listSupportAccess({ params: { tenantId }, ...query }, { signal })),
    columns: ACCESS,
  },
  {
    name: 'support grant',
    description: 'Let yourself into a tenant for a time; the password is shown once.',
    args: ['<id>'],
    options: {
      '--reason <text>': 'why, in words that the tenant may read',
      '--minutes <n>': 'until it ends by itself, 480 at most',
      '--role <role>': 'TenantAdmin or TenantUser (default: TenantUser)',
    },
    required: ['--reason <text>', '--minutes <n>'],
    ask: (client, { id: tenantId = '', minutes, ...rest }) =>
      client.grantSupportAccess({
        params: { tenantId },
        body: written({ ...rest, minutes: Number(minutes) }),
      }),
  },
  {
    name: 'support end',
    description: 'End an access to a tenant before its time.',
    args: ['<id>', '<access>'],
    ask: (client, { id: tenantId = '', access: accessId = '' }) => {
      const params = { tenantId, accessId };
      return gone(client.endSupportAccess({ params }), { params });
    },
  },
];
