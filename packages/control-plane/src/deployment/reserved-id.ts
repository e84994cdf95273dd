import { CANARY_TENANT_ID } from '@granary/api';

/**
 * Ids that no deployment and no tenant can have: stacks of the platform bear them, and the canary. The manifest's
 * list, kept here too so that the functions do not carry the manifest's parser.
 */
export const RESERVED_IDS: ReadonlySet<string> = new Set([
  CANARY_TENANT_ID,
  'control-plane',
  'pipeline',
  'release',
]);
