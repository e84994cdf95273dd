/** Which claims of a token say who its bearer is. */
export interface ClaimNames {
  /** Never given to another person of the same issuer. */
  readonly userId: string;
  readonly userName: string;
  readonly userRole: string;
  readonly tenantId: string;
  readonly tier: string;
  /** When the person's access ends, in seconds since the epoch. @default no token says one */
  readonly accessUntil?: string;
}

/** The claims of a user pool's id tokens; no client of the pools can write the custom ones. */
export const COGNITO_CLAIMS: ClaimNames = {
  userId: 'sub',
  userName: 'cognito:username',
  userRole: 'custom:userRole',
  tenantId: 'custom:tenantId',
  tier: 'custom:tenantTier',
  accessUntil: 'custom:accessUntil',
};
