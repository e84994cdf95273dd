import {
  CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  DeleteUserPoolClientCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Field, TenantField } from './field';

/** A genuine token of the tenant's own user pool for another client, which root makes and removes. */
export async function otherClientToken(
  { cloud, people }: Field,
  { deployment, admin }: TenantField,
): Promise<string> {
  const { account, region, userPoolId: UserPoolId } = deployment;
  const root = new CognitoIdentityProviderClient(cloud.clientConfig(account, region));
  const { UserPoolClient } = await root.send(
    new CreateUserPoolClientCommand({
      UserPoolId,
      ClientName: 'attack',
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    }),
  );
  const clientId = UserPoolClient?.ClientId ?? '';
  try {
    return (await people.signIn({ ...deployment, clientId }, admin.userName, admin.password)).idToken;
  } finally {
    await root.send(new DeleteUserPoolClientCommand({ UserPoolId, ClientId: clientId }));
    root.destroy();
  }
}
