/**
 * The tenant that the release engine's canary is in every deployment. Nobody can sign up by its id, the control
 * plane has no record of it, and what it uses is nobody's: meters and bills pass it by.
 */
export const CANARY_TENANT_ID = 'granary-canary';
