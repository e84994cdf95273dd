/** Forms of every page. */
export const FORM = {
  required: 'This is needed',
} as const;
