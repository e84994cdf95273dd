/** The tenant application. */
export const TENANT = {
  finder: {
    title: 'Find your organization',
    heading: 'Which organization?',
    text: 'Its name stands in your invitation. It is what your colleagues type here.',
    name: 'Name of the organization',
    noName: '3 to 32 lower-case letters, digits and hyphens, starting with a letter',
    submit: 'Go on',
  },
  door: {
    looking: (name: string) => `Looking for ${name}`,
    unknown: (name: string) => `There is no organization “${name}”`,
    unknownText:
      'The name or the link is wrong, or the organization is not ready yet. Ask who sent you the link.',
    other: 'Another organization',
    foreign: (name: string) =>
      `This account does not belong to ${name}. Sign in with an account of ${name}, or go to your own organization.`,
  },
  products: {
    title: 'Products',
    loading: 'Loading products',
    none: 'There is no product yet.',
    name: 'Name',
    sku: 'SKU',
    category: 'Category',
    price: 'Price',
  },
} as const;
