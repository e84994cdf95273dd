/**
 * Ids that no deployment and no tenant can have: stacks of the platform bear them. The manifest's list, kept
 * here too so that the functions do not carry the manifest's parser.
 */
export const RESERVED_IDS: ReadonlySet<string> = new Set(['control-plane', 'pipeline']);
