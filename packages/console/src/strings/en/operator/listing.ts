/** Tables. */
export const LISTING = {
  loading: (title: string) => `Loading: ${title}`,
  search: 'Search',
  searchIn: (title: string) => `Search in: ${title}`,
  noMatch: 'Nothing fits what you look for.',
  matches: (count: number) => (count === 1 ? '1 match' : `${count.toLocaleString('en')} matches`),
  any: 'any',
  older: 'Show older',
  olderOf: (title: string) => `Show older: ${title}`,
} as const;
