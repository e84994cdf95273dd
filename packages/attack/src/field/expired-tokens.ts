import {
  CognitoIdentityProviderClient,
  DescribeUserPoolClientCommand,
  UpdateUserPoolClientCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Field, TenantField } from './field';
import { until } from './tenants';

/**
 * Genuine tokens that have expired, by tenant: as root, the client's tokens are made to live one second (AWS gives
 * five minutes at least), the admin signs in, and the client is as it was again.
 */
export async function expiredTokens(field: Field): Promise<ReadonlyMap<string, string>> {
  const tokens = new Map<string, string>();
  for (const tenant of field.tenants) tokens.set(tenant.tenantId, await shortLived(field, tenant));
  await until('tokens to expire', async () =>
    [...tokens.values()].every((token) => expiryOf(token) * 1000 < Date.now()) ? true : undefined,
  );
  return tokens;
}

async function shortLived({ cloud, people }: Field, { deployment, admin }: TenantField): Promise<string> {
  const { account, region, userPoolId: UserPoolId, clientId: ClientId } = deployment;
  const root = new CognitoIdentityProviderClient(cloud.clientConfig(account, region));
  const { UserPoolClient: before } = await root.send(
    new DescribeUserPoolClientCommand({ UserPoolId, ClientId }),
  );
  const { ClientSecret: _secret, LastModifiedDate: _changed, CreationDate: _made, ...kept } = before ?? {};
  const settings = { ...kept, UserPoolId, ClientId };
  try {
    await root.send(
      new UpdateUserPoolClientCommand({
        ...settings,
        IdTokenValidity: 1,
        TokenValidityUnits: { ...kept.TokenValidityUnits, IdToken: 'seconds' },
      }),
    );
    return (await people.signIn(deployment, admin.userName, admin.password)).idToken;
  } finally {
    await root.send(new UpdateUserPoolClientCommand(settings));
    root.destroy();
  }
}

function expiryOf(token: string): number {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')).exp as number;
}
