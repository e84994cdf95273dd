import * as z from 'zod';

const claim = z.string().min(1).max(128);

/** HTTPS, or plain HTTP on this machine, where nobody listens in. */
const address = z.url().refine(isTrustworthy, 'must be an https address').max(512);

/**
 * An OpenID Connect issuer whose id tokens a deployment believes.
 * Locally and in tests the addresses may be of plain HTTP on loopback.
 */
export const oidcSettings = z.strictObject({
  type: z.literal('oidc'),
  /** As it stands in the tokens' `iss`, to the letter. */
  issuer: address,
  /** The client id that the tokens are issued to: their `aud`. */
  audience: z.string().min(1).max(255),
  /** Address of the key set. @default what the issuer's `/.well-known/openid-configuration` names */
  jwksUri: address.optional(),
  /** Where the tokens say who someone is. */
  claims: z
    .strictObject({
      userId: claim.default('sub'),
      userName: claim.default('email'),
      userRole: claim.default('userRole'),
      tenantId: claim.default('tenantId'),
      tier: claim.default('tier'),
    })
    .prefault({}),
});

/** See `oidcSettings`. */
export type OidcSettings = z.output<typeof oidcSettings>;

/** Whether keys that come from the address can be believed. */
export function isTrustworthy(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', '[::1]'].includes(hostname));
}
