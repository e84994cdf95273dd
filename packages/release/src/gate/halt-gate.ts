/** What stops a wave. */
export const HALT_GATES = ['deployment', 'alarm', 'canary', 'watch', 'samples', 'no-data'] as const;
export type HaltGate = (typeof HALT_GATES)[number];
