/** States that need other words than their own names. */
export const STATES = {
  'awaiting-approval': 'awaiting approval',
  'rolling-back': 'rolling back',
  'rolled-back': 'rolled back',
  compensating: 'being undone',
  compensated: 'undone',
  unowned: 'owned by no entry',
} as const;
