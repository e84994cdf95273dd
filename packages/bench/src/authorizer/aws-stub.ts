import { generateKeyPairSync, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const POOL = 'us-east-1_Bench0001';
const CLIENT = 'bench-client';
const LIFE_SECONDS = 3600;

/** What the authorizer asks of AWS, answered at once on loopback, and counted. */
export interface AwsStub {
  readonly url: string;
  readonly publicKey: object;
  /** A token that the authorizer takes. */
  readonly token: string;
  /** The authorizer's settings. */
  readonly environment: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** Key set, directory and STS for one tenant. */
export async function awsStub(): Promise<AwsStub> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'bench', use: 'sig', alg: 'RS256' };
  let served = 0;
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      if (request.url === '/served') return response.end(String(served));
      served += 1;
      if (request.url?.endsWith('jwks.json')) return response.end(JSON.stringify({ keys: [jwk] }));
      if (request.headers['x-amz-target']) {
        response.setHeader('content-type', 'application/x-amz-json-1.0');
        return response.end(JSON.stringify({ Item: DIRECTORY_ROW }));
      }
      response.setHeader('content-type', 'text/xml');
      return response.end(assumed());
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const now = Math.floor(Date.now() / 1000);
  const body = `${encode({ alg: 'RS256', kid: 'bench' })}.${encode({
    sub: 'user',
    iss: `https://cognito-idp.us-east-1.amazonaws.com/${POOL}`,
    aud: CLIENT,
    token_use: 'id',
    iat: now,
    exp: now + LIFE_SECONDS,
    'cognito:username': 'ann',
    'custom:tenantId': 'acme',
    'custom:userRole': 'TenantAdmin',
    'custom:tenantTier': 'basic',
  })}`;
  return {
    url,
    publicKey: jwk,
    token: `${body}.${sign('RSA-SHA256', Buffer.from(body), privateKey).toString('base64url')}`,
    environment: {
      AWS_ENDPOINT_URL: url,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'bench',
      AWS_SECRET_ACCESS_KEY: 'bench',
      AWS_LAMBDA_FUNCTION_NAME: 'authorizer',
      POWERTOOLS_LOG_LEVEL: 'SILENT',
      USER_POOL_ID: POOL,
      USER_POOL_CLIENT_ID: CLIENT,
      TENANT_TABLE_NAME: 'tenants',
      TENANT_ROLE_ARN: 'arn:aws:iam::222222222222:role/tenant',
      CREDENTIAL_VENDING: 'authorizer',
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const DIRECTORY_ROW = {
  tenantId: { S: 'acme' },
  status: { S: 'active' },
  tier: { S: 'basic' },
  usageKey: { S: 'usage-key-of-acme-0123456789' },
};

const assumed =
  () => `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>
<AccessKeyId>ASIABENCH00000000001</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>token</SessionToken>
<Expiration>${new Date(Date.now() + LIFE_SECONDS * 1000).toISOString()}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`;
