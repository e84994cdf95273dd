import { allItems, type ControlClient } from '@granary/client';
import type { ControlCommand, Given } from './control-command';

const USER = ['userName', 'role', 'status', 'createdAt'];
const ROLE = { '--role <role>': 'TenantAdmin or TenantUser' };
const OPERATOR_ROLE = { '--role <role>': 'SystemAdmin or CustomerSupport' };
const ACCESS = ['accessId', 'userName', 'role', 'grantedTo', 'status', 'until', 'reason'];

/** The API checks what a person wrote, and says what is wrong. */
const written = <Value>(value: object) => value as Value;

/** Of a tenant's user. */
const user = ({ id: tenantId = '', userName = '' }: Given) => ({ params: { tenantId, userName } });
const operator = ({ userName = '' }: Given) => ({ params: { userName } });

/** A change names the version that it is meant for: the one that is there now. */
async function changeUser(client: ControlClient, given: Given) {
  const { version } = await client.getTenantUser(user(given));
  return client.updateTenantUser({ ...user(given), version, body: written({ role: given.role }) });
}

async function changeOperator(client: ControlClient, given: Given) {
  const { version } = await client.getOperator(operator(given));
  return client.updateOperator({ ...operator(given), version, body: written({ role: given.role }) });
}

/** What is gone has nothing left to show but its name. */
async function gone(work: Promise<unknown>, what: object) {
  await work;
  return { ...what, status: 'deleted' };
}

/** Every command about people: tenants' users, operators, and the access of the latter to the former. */
export const PEOPLE_COMMANDS: readonly ControlCommand[] = [
  {
    name: 'users list',
    description: 'List the users of a tenant.',
    args: ['<id>'],
    ask: (client, { id: tenantId = '' }, signal) =>
      allItems((query: object) => client.listTenantUsers({ params: { tenantId }, ...query }, { signal })),
    columns: USER,
  },
  {
    name: 'users show',
    description: 'Show a user of a tenant.',
    args: ['<id>', '<userName>'],
    ask: (client, given) => client.getTenantUser(user(given)),
  },
  {
    name: 'users add',
    description: 'Invite a user of a tenant by e-mail.',
    args: ['<id>', '<userName>'],
    options: ROLE,
    required: Object.keys(ROLE),
    ask: (client, { id: tenantId = '', userName, role }) =>
      client.createTenantUser({ params: { tenantId }, body: written({ userName, role }) }),
  },
  {
    name: 'users role',
    description: 'Give a user of a tenant another role.',
    args: ['<id>', '<userName>'],
    options: ROLE,
    required: Object.keys(ROLE),
    ask: changeUser,
  },
  {
    name: 'users enable',
    description: 'Let a user of a tenant in again.',
    args: ['<id>', '<userName>'],
    ask: (client, given) => client.enableTenantUser(user(given)),
  },
  {
    name: 'users disable',
    description: 'Keep a user of a tenant out.',
    args: ['<id>', '<userName>'],
    ask: (client, given) => client.disableTenantUser(user(given)),
  },
  {
    name: 'users remove',
    description: 'Delete a user of a tenant.',
    args: ['<id>', '<userName>'],
    ask: (client, given) => gone(client.deleteTenantUser(user(given)), user(given).params),
  },
  {
    name: 'operators list',
    description: 'List who runs the platform.',
    ask: (client, _given, signal) => allItems(client.listOperators, {}, { signal }),
    columns: USER,
  },
  {
    name: 'operators add',
    description: 'Invite an operator by e-mail.',
    args: ['<userName>'],
    options: OPERATOR_ROLE,
    required: Object.keys(OPERATOR_ROLE),
    ask: (client, { userName, role }) => client.createOperator({ body: written({ userName, role }) }),
  },
  {
    name: 'operators role',
    description: 'Give an operator another role.',
    args: ['<userName>'],
    options: OPERATOR_ROLE,
    required: Object.keys(OPERATOR_ROLE),
    ask: changeOperator,
  },
  {
    name: 'operators enable',
    description: 'Let an operator in again.',
    args: ['<userName>'],
    ask: (client, given) => client.enableOperator(operator(given)),
  },
  {
    name: 'operators disable',
    description: 'Keep an operator out.',
    args: ['<userName>'],
    ask: (client, given) => client.disableOperator(operator(given)),
  },
  {
    name: 'operators remove',
    description: 'Delete an operator; not the last SystemAdmin.',
    args: ['<userName>'],
    ask: (client, given) => gone(client.deleteOperator(operator(given)), operator(given).params),
  },
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
    ask: (client, { id: tenantId = '', access: accessId = '' }) =>
      gone(client.endSupportAccess({ params: { tenantId, accessId } }), { tenantId, accessId }),
  },
];
