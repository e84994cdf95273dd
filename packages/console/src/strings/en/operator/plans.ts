/** What a tenant may send. */
export const LIMITS = {
  burst: 'Requests at once',
  rate: 'Requests a second',
  perDay: 'Requests a day',
} as const;
