import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { TenantCredentials } from './authorizer-context';
import type { ConsumedCapacity } from './consumed-capacity';
import { LruMap } from './lru-map';
import { REQUEST_TIMEOUTS } from './request-timeouts';

/** The document client that holds a tenant's credentials. */
export type TenantDocuments = (credentials: TenantCredentials) => DynamoDBDocumentClient;

/** How tenants' clients are made. */
export interface TenantDocumentsOptions {
  /** How many sessions' clients are kept. @default 128 */
  readonly capacity?: number;
  /** Instruments the clients. @default none */
  readonly tracer?: { captureAWSv3Client<Client>(client: Client): Client };
  /** Sums what the clients consume. @default nobody */
  readonly consumed?: Pick<ConsumedCapacity, 'watch'>;
}

/**
 * Keeps a client per session: by access key id, which STS never gives twice. All share one pool of kept-alive
 * connections, so a new session costs no new handshake, and forgetting one closes nothing that others use.
 */
export function tenantDocuments(options: TenantDocumentsOptions = {}): TenantDocuments {
  const { tracer, consumed } = options;
  const clients = new LruMap<string, DynamoDBDocumentClient>(options.capacity ?? 128);
  // Only its region, endpoint and connections are used: its own credentials are never asked for.
  const base = new DynamoDBClient({ requestHandler: REQUEST_TIMEOUTS });
  return ({ accessKeyId, secretAccessKey, sessionToken, expiresAt }) => {
    const known = clients.get(accessKeyId);
    if (known) return known;
    const client = new DynamoDBClient({
      requestHandler: base.config.requestHandler,
      credentials: { accessKeyId, secretAccessKey, sessionToken, expiration: expiresAt },
    });
    consumed?.watch(client);
    const documents = DynamoDBDocumentClient.from(tracer ? tracer.captureAWSv3Client(client) : client, {
      marshallOptions: { removeUndefinedValues: true },
    });
    clients.set(accessKeyId, documents);
    return documents;
  };
}
