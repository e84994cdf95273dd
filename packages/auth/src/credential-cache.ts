import type { TenantCredentials } from './authorizer-context';
import { TenantCredentialsError } from './errors';
import { LruMap } from './lru-map';

/** How sessions are kept. */
export interface CredentialCacheOptions {
  /** Life that credentials must have left when they are handed out, in seconds. */
  readonly minimumLifeSeconds: number;
  /** Milliseconds since the epoch. @default Date.now */
  readonly now?: () => number;
  /** Sessions that are kept. @default 500 */
  readonly capacity?: number;
}

/** Asks for a session. */
export type Obtain = () => Promise<TenantCredentials>;

/** Sessions of STS, in memory only. */
export interface CredentialCache {
  /**
   * The credentials of a key: those that are kept while they live long enough, else what `obtain` gives.
   * Callers that need the same ones share one request; a failed request is not remembered.
   * @throws TenantCredentialsError when they would end too soon, or what `obtain` throws
   */
  credentials(key: string, tenantId: string, obtain: Obtain): Promise<TenantCredentials>;
}

/** Makes the cache; the session that was used longest ago is forgotten first. */
export function credentialCache(options: CredentialCacheOptions): CredentialCache {
  const { minimumLifeSeconds, now = Date.now } = options;
  const sessions = new LruMap<string, TenantCredentials>(options.capacity ?? 500);
  const pending = new Map<string, Promise<TenantCredentials>>();
  const longEnough = ({ expiresAt }: TenantCredentials) =>
    expiresAt.getTime() - now() >= minimumLifeSeconds * 1000;

  async function obtained(key: string, tenantId: string, obtain: Obtain): Promise<TenantCredentials> {
    sessions.delete(key);
    const credentials = await obtain();
    if (!longEnough(credentials))
      throw new TenantCredentialsError(
        tenantId,
        `STS gave a session that ends within ${minimumLifeSeconds} s: check the role's maximum duration`,
      );
    sessions.set(key, credentials);
    return credentials;
  }

  return {
    async credentials(key, tenantId, obtain) {
      const known = sessions.get(key);
      if (known && longEnough(known)) return known;
      const request = pending.get(key) ?? obtained(key, tenantId, obtain).finally(() => pending.delete(key));
      pending.set(key, request);
      return request;
    },
  };
}
