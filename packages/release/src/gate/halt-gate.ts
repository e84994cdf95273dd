/** What stops a wave; `operator`: somebody has ordered it. */
export const HALT_GATES = [
  'deployment',
  'alarm',
  'canary',
  'watch',
  'samples',
  'no-data',
  'operator',
] as const;
export type HaltGate = (typeof HALT_GATES)[number];
