/** The operator console. */
export const OPERATOR = {
  title: (application: string) => `${application} console`,
  signIn: (application: string) => `${application} console`,
  noPool: "config.json: operators: missing; it names the operators' user pool",
  notAnOperator: 'This account belongs to a tenant. Sign in at the application of the tenant.',
  pages: {
    tenants: 'Tenants',
    registrations: 'Registrations',
    operations: 'Operations',
    releases: 'Releases',
    fleet: 'Fleet',
    health: 'Health',
    costs: 'Usage and costs',
    audit: 'Audit log',
    operators: 'Operators',
  },
} as const;
