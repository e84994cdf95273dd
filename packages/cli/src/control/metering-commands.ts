import { type ControlCommand, tenant, written } from './control-command';

const PERIOD = { '--from <day>': 'the first day, such as 2026-11-01', '--to <day>': 'the last day' };
const METER = ['meterId', 'unit', 'aggregation', 'builtIn', 'description'];
const LIMITS = {
  '--burst <n>': 'requests that may arrive together',
  '--rate <n>': 'requests a second, steadily',
  '--requests-per-day <n>': 'requests a day',
};

/** Every command about what is used, what it may be and what it costs. */
export const METERING_COMMANDS: readonly ControlCommand[] = [
  {
    name: 'usage',
    description: 'Show what a tenant used, by meter.',
    args: ['<id>'],
    options: { ...PERIOD, '--granularity <unit>': 'hour, day or month (default: day)' },
    required: Object.keys(PERIOD),
    ask: async (client, { id, ...query }) =>
      (await client.getTenantUsage({ ...tenant({ id }), query: written(query) })).meters,
    columns: ['meterId', 'total', 'late', 'unit'],
  },
  {
    name: 'meters list',
    description: 'List what is metered.',
    ask: async (client) => (await client.listMeters()).items,
    columns: METER,
  },
  {
    name: 'meters create',
    description: 'Add a meter for what your services record.',
    args: ['<meter>'],
    options: {
      '--unit <unit>': 'what people read, such as pages',
      '--aggregation <way>': 'sum or count (default: sum)',
      '--description <text>': 'what it is about',
    },
    required: ['--unit <unit>'],
    ask: (client, { meter: meterId, ...rest }) => client.createMeter({ body: written({ meterId, ...rest }) }),
  },
  {
    name: 'meters usage',
    description: 'Show one meter over all tenants, the greatest first.',
    args: ['<meter>'],
    options: PERIOD,
    required: Object.keys(PERIOD),
    ask: async (client, { meter: meterId = '', ...query }) =>
      (await client.getMeterUsage({ params: { meterId }, query: written(query) })).tenants,
    columns: ['tenantId', 'quantity'],
  },
  {
    name: 'quota show',
    description: "Show whether a tenant has limits of its own in place of its tier's.",
    args: ['<id>'],
    ask: (client, given) => client.getTenantQuota(tenant(given)),
  },
  {
    name: 'quota set',
    description: "Give a tenant limits of its own in place of its tier's.",
    args: ['<id>'],
    options: LIMITS,
    required: Object.keys(LIMITS),
    ask: (client, { burst, rate, requestsPerDay, ...given }) => {
      const throttle = { burst: Number(burst), rate: Number(rate) };
      const quota = { requestsPerDay: Number(requestsPerDay) };
      return client.putTenantQuota({ ...tenant(given), body: { throttle, quota } });
    },
  },
  {
    name: 'quota remove',
    description: "Put a tenant back on its tier's limits.",
    args: ['<id>'],
    ask: async (client, given) => {
      await client.deleteTenantQuota(tenant(given));
      return client.getTenantQuota(tenant(given));
    },
  },
  {
    name: 'costs',
    description: "Show what a month's use cost, tenant by tenant.",
    args: ['<month>'],
    options: { '--tenant <id>': 'only of this tenant, and for what' },
    ask: async (client, { month = '', tenant: id }) => {
      if (id !== undefined) {
        const { lines, ...cost } = await client.getTenantCost({ ...tenant({ id }), query: { month } });
        return { ...cost, steps: lines };
      }
      const { tenants, shared } = await client.getCosts({ query: { month } });
      return [...tenants, { tenantId: '(shared)', ...shared }];
    },
    columns: ['tenantId', 'kind', 'region', 'quantity', 'unit', 'usd'],
  },
  {
    name: 'invoices',
    description: 'List the invoices of a tenant, the newest first; amounts in the smallest unit (cents).',
    args: ['<id>'],
    ask: async (client, given) => (await client.listInvoices(tenant(given))).items,
    columns: ['invoiceId', 'month', 'status', 'total', 'currency'],
  },
  {
    name: 'billing close',
    description: 'Close a month that is over: every tenant gets its invoice, once.',
    args: ['<month>'],
    ask: (client, { month = '' }) => client.closePeriod({ params: { month } }),
  },
];
