import { allItems } from '@granary/client';
import { type ControlCommand, type Given, tenant, written } from './control-command';

/** What the first argument names, besides a tenant. */
const registration = ({ id = '' }: Given) => ({ params: { registrationId: id } });
const operation = ({ id = '' }: Given) => ({ params: { operationId: id } });

const STEPS = ['step', 'status', 'attempts', 'reason'];
const TENANT = ['tenantId', 'name', 'tier', 'model', 'deploymentId', 'status'];
const OPERATION = ['operationId', 'kind', 'tenantId', 'status', 'updatedAt'];
const REGISTRATION = ['registrationId', 'tenantId', 'tier', 'status', 'updatedAt'];

/** What is done step by step, about one thing. */
const STEPWISE = { args: ['<id>'], columns: STEPS };
/** The same, and `--follow` waits for its end. */
const FOLLOWED = { ...STEPWISE, follows: true };

/** Every command that asks the control plane, by what it asks. */
export const CONTROL_COMMANDS: readonly ControlCommand[] = [
  {
    name: 'tenants list',
    description: 'Control plane: list the tenants.',
    options: {
      '--tier <tier>': 'only of this tier',
      '--status <status>': 'only of this status',
      '--deployment <id>': 'only those that this deployment serves',
      '--text <text>': 'only those whose id, name or administrator holds this',
    },
    ask: (client, query, signal) => allItems(client.listTenants, { query: written(query) }, { signal }),
    columns: TENANT,
  },
  {
    name: 'tenants show',
    description: 'Control plane: show a tenant.',
    args: ['<id>'],
    ask: (client, given) => client.getTenant(tenant(given)),
  },
  {
    name: 'tenants activate',
    description: 'Control plane: let the people of a tenant in again.',
    ...FOLLOWED,
    ask: (client, given) => client.activateTenant(tenant(given)),
  },
  {
    name: 'tenants deactivate',
    description: 'Control plane: keep the people of a tenant out; its data stays.',
    ...FOLLOWED,
    ask: (client, given) => client.deactivateTenant(tenant(given)),
  },
  {
    name: 'tenants tier',
    description:
      'Control plane: give a tenant another tier; one of the other model moves it between pool and silo.',
    ...FOLLOWED,
    args: ['<id>', '<tier>'],
    options: {
      '--cell <cell>': "to a silo: where its stack runs (default: the tier's)",
      '--retention-days <days>': 'a move: how long the source is kept (default: 7)',
    },
    ask: (client, { tier = '', cell, retentionDays, ...given }) =>
      client.changeTier({
        ...tenant(given),
        body: {
          ...{ tier, ...(cell === undefined ? {} : { cell }) },
          ...(retentionDays === undefined ? {} : { retentionDays: Number(retentionDays) }),
        },
      }),
  },
  {
    name: 'tenants end',
    description:
      'Control plane: offboard a tenant: export, keep for a while, then purge its rows, users and keys.',
    ...FOLLOWED,
    options: {
      '--confirm <name>': "the tenant's name, as it is shown",
      '--retention-days <days>': 'how long everything is kept behind the export (default: 30)',
    },
    required: ['--confirm <name>'],
    ask: (client, { confirm = '', retentionDays, ...given }) =>
      client.offboardTenant({
        ...tenant(given),
        body: { confirm, ...(retentionDays === undefined ? {} : { retentionDays: Number(retentionDays) }) },
      }),
  },
  {
    name: 'tenants receipt',
    description: 'Control plane: show the signed receipt of what was removed of a tenant.',
    args: ['<id>'],
    ask: (client, given) => client.getReceipt(tenant(given)),
  },
  {
    name: 'registrations list',
    description: 'List the registrations.',
    options: { '--status <status>': 'only of this status, such as awaiting-approval' },
    ask: (client, query, signal) => allItems(client.listRegistrations, { query: written(query) }, { signal }),
    columns: REGISTRATION,
  },
  {
    name: 'registrations show',
    description: 'Show a registration, step by step.',
    ...FOLLOWED,
    ask: (client, given) => client.getRegistration(registration(given)),
  },
  {
    name: 'registrations create',
    description: 'Register a tenant of any tier, as an operator.',
    ...STEPWISE,
    options: {
      '--name <name>': 'what people call it',
      '--tier <tier>': 'a tier of the manifest',
      '--email <email>': 'gets the first TenantAdmin user',
      '--cell <cell>': "where a silo tenant's deployment is made",
    },
    required: ['--name <name>', '--tier <tier>', '--email <email>'],
    ask: (client, { id: tenantId, email: adminEmail, ...rest }) =>
      client.createTenant({ body: written({ tenantId, adminEmail, ...rest }) }),
  },
  {
    name: 'registrations approve',
    description: 'Approve a registration for a dedicated tier.',
    ...STEPWISE,
    options: { '--cell <cell>': "where its deployment is made (default: its tier's)" },
    ask: (client, { cell, ...given }) =>
      client.approveRegistration({ ...registration(given), body: cell === undefined ? {} : { cell } }),
  },
  {
    name: 'registrations reject',
    description: 'Turn down a registration for a dedicated tier.',
    ...STEPWISE,
    options: { '--reason <text>': 'why, in words for the buyer' },
    required: ['--reason <text>'],
    ask: (client, { reason = '', ...given }) =>
      client.rejectRegistration({ ...registration(given), body: { reason } }),
  },
  {
    name: 'registrations retry',
    description: 'Let a failed registration go on at the step that failed.',
    ...STEPWISE,
    ask: (client, given) => client.retryRegistration(registration(given)),
  },
  {
    name: 'operations list',
    description: 'List what is done to tenants, the newest first.',
    options: {
      '--tenant <id>': 'only of this tenant',
      '--status <status>': 'only of this status',
      '--kind <kind>': 'only of this kind, such as onboarding',
    },
    ask: (client, { tenant: tenantId, ...rest }, signal) =>
      allItems(client.listOperations, { query: written({ tenantId, ...rest }) }, { signal }),
    columns: OPERATION,
  },
  {
    name: 'operations show',
    description: 'Show an operation, step by step.',
    ...FOLLOWED,
    ask: (client, given) => client.getOperation(operation(given)),
  },
  {
    name: 'operations retry',
    description: 'Let a failed operation go on at the step that failed.',
    ...FOLLOWED,
    ask: (client, given) => client.retryOperation(operation(given)),
  },
  {
    name: 'operations cancel',
    description:
      'Undo what an operation did, the last step first: a failed one, or a move or an offboarding on its way.',
    ...FOLLOWED,
    ask: (client, given) => client.cancelOperation(operation(given)),
  },
  {
    name: 'operations confirm',
    description: 'Let a move remove its source, or an offboarding the data, before the time for it has come.',
    ...FOLLOWED,
    ask: (client, given) => client.confirmOperation(operation(given)),
  },
  {
    name: 'audit list',
    description: 'Show who did what to which tenant, the newest first.',
    options: {
      '--tenant <id>': 'only of this tenant',
      '--from <time>': 'the earliest (default: 7 days before --to)',
      '--to <time>': 'before this (default: now)',
      '--actor <name>': 'only of this user name',
      '--action <name>': 'only this action',
    },
    ask: (client, { tenant: tenantId, ...rest }, signal) =>
      allItems(client.listAuditLines, { query: written({ tenantId, ...rest }) }, { signal }),
    columns: ['recordedAt', 'tenantId', 'action', 'actor', 'result'],
  },
  {
    name: 'audit verify',
    description: 'Walk a chain of the audit log; fails when it does not hold.',
    args: ['[id]'],
    ask: (client, { id: tenantId }) =>
      client.verifyAudit({ query: tenantId === undefined ? {} : { tenantId } }),
  },
  {
    name: 'events waiting',
    description: 'Say how many events could not be carried, by queue.',
    ask: async (client) => (await client.countDeadLetters()).queues,
    columns: ['queue', 'waiting'],
  },
  {
    name: 'events redrive',
    description: 'Send events that could not be carried on their way again, once the cause is gone.',
    args: ['<queue>'],
    options: { '--limit <n>': 'how many at most (default: 100)' },
    ask: (client, { queue, limit }) =>
      client.redriveDeadLetters({
        body: written({ queue, ...(limit === undefined ? {} : { limit: Number(limit) }) }),
      }),
  },
];
