/** The list of tenants. */
export const TENANTS = {
  title: 'Tenants',
  none: 'There is no tenant yet.',
  noMatch: 'No tenant fits.',
  loaded: (count: number) => `${count.toLocaleString('en')} loaded so far`,
  id: 'Id',
  name: 'Name',
  created: 'Created',
  facets: { status: 'State', tier: 'Tier', cell: 'Cell', wave: 'Wave', version: 'Version' },
  any: 'any',
  option: (value: string, count: number) => `${value} (${count.toLocaleString('en')})`,
  search: 'Search by id, name, administrator or deployment',
  clear: 'Clear all',
  create: 'New tenant',
} as const;

/** An operator's own request for a tenant. */
export const NEW_TENANT = {
  title: 'New tenant',
  text: 'It is onboarded at once, whatever its tier: there is nobody to approve it.',
  id: 'Id',
  idHint: 'Also its subdomain: 3 to 32 letters, digits and “-”. It can never be changed.',
  idWrong: 'Lower-case letters, digits and “-”, 3 to 32, with a letter first',
  name: 'Name',
  tier: 'Tier',
  tierOption: (tier: string, model: string) => `${tier} (${model})`,
  chooseTier: 'Choose a tier',
  email: 'Administrator’s e-mail address',
  emailHint: 'The invitation goes there.',
  emailWrong: 'This must be an e-mail address',
  cell: 'Cell',
  cellHint: 'Where a dedicated deployment is made. Empty: the tier’s.',
  submit: 'Create the tenant',
} as const;
