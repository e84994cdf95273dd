/** The operator console. */
export const OPERATOR = {
  title: (application: string) => `${application} console`,
  signIn: (application: string) => `${application} console`,
  noPool: "config.json: operators: missing; it names the operators' user pool",
  notAnOperator: 'This account belongs to a tenant. Sign in at the application of the tenant.',
  tenants: {
    title: 'Tenants',
    loading: 'Loading tenants',
    none: 'There is no tenant yet.',
    id: 'Id',
    name: 'Name',
    tier: 'Tier',
    status: 'State',
  },
} as const;
