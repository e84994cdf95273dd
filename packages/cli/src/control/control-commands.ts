import { allItems } from '@granary/client';
import type { ControlCommand } from './control-command';

const id = (given: Readonly<Record<string, string | undefined>>) => given.id ?? '';
const tenantId = id;

const STEPS = ['step', 'status', 'attempts', 'reason'];
const TENANT = ['tenantId', 'name', 'tier', 'model', 'deploymentId', 'status'];
const OPERATION = ['operationId', 'kind', 'tenantId', 'status', 'updatedAt'];
const REGISTRATION = ['registrationId', 'tenantId', 'tier', 'status', 'updatedAt'];
const PERIOD = { '--from <day>': 'the first day, such as 2026-11-01', '--to <day>': 'the last day' };

/** Query and body are checked by the API, which says what is wrong: here they are what the person wrote. */
const written = <Value>(value: object) => value as Value;

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
    ask: (client, given) => client.getTenant({ params: { tenantId: tenantId(given) } }),
  },
  {
    name: 'tenants activate',
    description: 'Control plane: let the people of a tenant in again.',
    args: ['<id>'],
    ask: (client, given) => client.activateTenant({ params: { tenantId: tenantId(given) } }),
    columns: STEPS,
    follows: true,
  },
  {
    name: 'tenants deactivate',
    description: 'Control plane: keep the people of a tenant out; its data stays.',
    args: ['<id>'],
    ask: (client, given) => client.deactivateTenant({ params: { tenantId: tenantId(given) } }),
    columns: STEPS,
    follows: true,
  },
  {
    name: 'tenants tier',
    description:
      'Control plane: give a tenant another tier; one of the other model moves it between pool and silo.',
    args: ['<id>', '<tier>'],
    options: {
      '--cell <cell>': "to a silo: where its stack runs (default: the tier's)",
      '--retention-days <days>': 'a move: how long the source is kept (default: 7)',
    },
    ask: (client, { id: tenant = '', tier = '', cell, retentionDays }) =>
      client.changeTier({
        params: { tenantId: tenant },
        body: {
          ...{ tier, ...(cell === undefined ? {} : { cell }) },
          ...(retentionDays === undefined ? {} : { retentionDays: Number(retentionDays) }),
        },
      }),
    columns: STEPS,
    follows: true,
  },
  {
    name: 'tenants end',
    description:
      'Control plane: offboard a tenant: export, keep for a while, then purge its rows, users and keys.',
    args: ['<id>'],
    options: {
      '--confirm <name>': "the tenant's name, as it is shown",
      '--retention-days <days>': 'how long everything is kept behind the export (default: 30)',
    },
    required: ['--confirm <name>'],
    ask: (client, { id: tenant = '', confirm = '', retentionDays }) =>
      client.offboardTenant({
        params: { tenantId: tenant },
        body: { confirm, ...(retentionDays === undefined ? {} : { retentionDays: Number(retentionDays) }) },
      }),
    columns: STEPS,
    follows: true,
  },
  {
    name: 'tenants receipt',
    description: 'Control plane: show the signed receipt of what was removed of a tenant.',
    args: ['<id>'],
    ask: (client, given) => client.getReceipt({ params: { tenantId: tenantId(given) } }),
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
    args: ['<id>'],
    ask: (client, given) => client.getRegistration({ params: { registrationId: id(given) } }),
    columns: STEPS,
    follows: true,
  },
  {
    name: 'registrations create',
    description: 'Register a tenant of any tier, as an operator.',
    args: ['<id>'],
    options: {
      '--name <name>': 'what people call it',
      '--tier <tier>': 'a tier of the manifest',
      '--email <email>': 'gets the first TenantAdmin user',
      '--cell <cell>': "where a silo tenant's deployment is made",
    },
    required: ['--name <name>', '--tier <tier>', '--email <email>'],
    ask: (client, { id: tenant, email, ...rest }) =>
      client.createTenant({ body: written({ tenantId: tenant, adminEmail: email, ...rest }) }),
    columns: STEPS,
  },
  {
    name: 'registrations approve',
    description: 'Approve a registration for a dedicated tier.',
    args: ['<id>'],
    options: { '--cell <cell>': "where its deployment is made (default: its tier's)" },
    ask: (client, { id: registrationId = '', cell }) =>
      client.approveRegistration({ params: { registrationId }, body: cell === undefined ? {} : { cell } }),
    columns: STEPS,
  },
  {
    name: 'registrations reject',
    description: 'Turn down a registration for a dedicated tier.',
    args: ['<id>'],
    options: { '--reason <text>': 'why, in words for the buyer' },
    required: ['--reason <text>'],
    ask: (client, { id: registrationId = '', reason = '' }) =>
      client.rejectRegistration({ params: { registrationId }, body: { reason } }),
    columns: STEPS,
  },
  {
    name: 'registrations retry',
    description: 'Let a failed registration go on at the step that failed.',
    args: ['<id>'],
    ask: (client, given) => client.retryRegistration({ params: { registrationId: id(given) } }),
    columns: STEPS,
  },
  {
    name: 'operations list',
    description: 'List what is done to tenants, the newest first.',
    options: {
      '--tenant <id>': 'only of this tenant',
      '--status <status>': 'only of this status',
      '--kind <kind>': 'only of this kind, such as onboarding',
    },
    ask: (client, { tenant, ...rest }, signal) =>
      allItems(client.listOperations, { query: written({ tenantId: tenant, ...rest }) }, { signal }),
    columns: OPERATION,
  },
  {
    name: 'operations show',
    description: 'Show an operation, step by step.',
    args: ['<id>'],
    ask: (client, given) => client.getOperation({ params: { operationId: id(given) } }),
    columns: STEPS,
    follows: true,
  },
  {
    name: 'operations retry',
    description: 'Let a failed operation go on at the step that failed.',
    args: ['<id>'],
    ask: (client, given) => client.retryOperation({ params: { operationId: id(given) } }),
    columns: STEPS,
    follows: true,
  },
  {
    name: 'operations cancel',
    description:
      'Undo what an operation did, the last step first: a failed one, or a move or an offboarding on its way.',
    args: ['<id>'],
    ask: (client, given) => client.cancelOperation({ params: { operationId: id(given) } }),
    columns: STEPS,
    follows: true,
  },
  {
    name: 'operations confirm',
    description: 'Let a move remove its source, or an offboarding the data, before the time for it has come.',
    args: ['<id>'],
    ask: (client, given) => client.confirmOperation({ params: { operationId: id(given) } }),
    columns: STEPS,
    follows: true,
  },
  {
    name: 'usage',
    description: 'Show what a tenant used, by meter.',
    args: ['<id>'],
    options: { ...PERIOD, '--granularity <unit>': 'hour, day or month (default: day)' },
    required: Object.keys(PERIOD),
    ask: async (client, { id: tenant = '', ...query }) =>
      (await client.getTenantUsage({ params: { tenantId: tenant }, query: written(query) })).meters,
    columns: ['meterId', 'total', 'late', 'unit'],
  },
  {
    name: 'costs',
    description: "Show what a month's use cost, tenant by tenant.",
    args: ['<month>'],
    ask: async (client, { month = '' }) => {
      const { tenants, shared } = await client.getCosts({ query: { month } });
      return [...tenants, { tenantId: '(shared)', ...shared }];
    },
    columns: ['tenantId', 'usd'],
  },
  {
    name: 'invoices',
    description: 'List the invoices of a tenant, the newest first; amounts in the smallest unit (cents).',
    args: ['<id>'],
    ask: async (client, given) =>
      (await client.listInvoices({ params: { tenantId: tenantId(given) } })).items,
    columns: ['invoiceId', 'month', 'status', 'total', 'currency'],
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
    ask: (client, { tenant, ...rest }, signal) =>
      allItems(client.listAuditLines, { query: written({ tenantId: tenant, ...rest }) }, { signal }),
    columns: ['recordedAt', 'tenantId', 'action', 'actor', 'result'],
  },
  {
    name: 'audit verify',
    description: 'Walk a chain of the audit log; fails when it does not hold.',
    args: ['[id]'],
    ask: (client, { id: tenant }) =>
      client.verifyAudit({ query: tenant === undefined ? {} : { tenantId: tenant } }),
  },
];
