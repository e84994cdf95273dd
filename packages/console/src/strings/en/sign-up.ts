/** The sign-up page. */
export const SIGN_UP = {
  title: (application: string) => `Sign up for ${application}`,
  loadingPlans: 'Loading the plans',
  models: { pool: 'shared with others, apart from them', silo: 'dedicated to you; an operator approves it' },
} as const;
