import { JwtVerifier } from 'aws-jwt-verify';
import { SimpleJwksCache } from 'aws-jwt-verify/jwk';
import * as z from 'zod';
import { InvalidTokenError, SigningKeysError } from './errors';
import type { IdentityProvider } from './identity-provider';
import { type KeyRefreshOptions, keyRefresh } from './key-refresh';
import { isTrustworthy, type OidcSettings } from './oidc-settings';
import { publishedDocument } from './signing-keys';
import { heldClaims } from './token-refusal';

/** Whose tokens are accepted. */
export interface OidcOptions extends KeyRefreshOptions {
  readonly settings: OidcSettings;
  /** @default the global fetch */
  readonly fetch?: typeof globalThis.fetch;
}

/**
 * The identity provider of any OpenID Connect issuer. It accepts signatures of a private key only (RS256 to
 * RS512, ES256 to ES512, EdDSA: the library knows neither `none` nor the shared secrets of HS256), and no token
 * that calls itself an access token (RFC 9068, `typ` at+jwt).
 */
export function oidcProvider(options: OidcOptions): IdentityProvider {
  const { issuer, audience, jwksUri, claims } = options.settings;
  const refresh = keyRefresh(options);
  const address = keySetAddress(options);
  const fetcher = refresh.watch({
    fetch: async () => publishedDocument(await address(), options.fetch),
  });
  const jwksCache = new SimpleJwksCache({ fetcher, penaltyBox: refresh });
  // A name for the cache when the real one is discovered with the first look.
  const cached = jwksUri ?? discoveryUrl(issuer);
  const verifier = JwtVerifier.create(
    {
      issuer,
      audience,
      jwksUri: cached,
      customJwtCheck: ({ header }) => {
        if (/^(application\/)?at\+jwt$/i.test(String(header.typ)))
          throw new InvalidTokenError('not an id token');
      },
    },
    { jwksCache },
  );
  return {
    claims,
    async hydrate() {
      await jwksCache.getJwks(cached);
    },
    verify: (token) => heldClaims(token, (each) => verifier.verify(each)),
  };
}

/** OpenID Connect Discovery 1.0, section 4: the path is appended to the issuer's own. */
function discoveryUrl(issuer: string): string {
  return `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
}

/** Asks the issuer at most once, if at all. */
function keySetAddress({ settings, fetch }: OidcOptions): () => Promise<string> {
  let known = settings.jwksUri;
  return async () => {
    known ??= await discovered(settings.issuer, fetch);
    return known;
  };
}

async function discovered(issuer: string, fetch?: typeof globalThis.fetch): Promise<string> {
  const url = discoveryUrl(issuer);
  const bytes = await publishedDocument(url, fetch);
  const parsed = configuration.safeParse(new TextDecoder().decode(bytes));
  if (!parsed.success)
    throw new SigningKeysError(url, 'is no configuration of an issuer with an https key set');
  // Section 4.3: otherwise one issuer of a host could speak for another.
  if (parsed.data.issuer !== issuer)
    throw new SigningKeysError(url, 'is the configuration of another issuer');
  return parsed.data.jwks_uri;
}

const configuration = z
  .string()
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue({ code: 'custom', message: 'must be JSON' });
      return z.NEVER;
    }
  })
  .pipe(z.object({ issuer: z.string(), jwks_uri: z.url().refine(isTrustworthy) }));
