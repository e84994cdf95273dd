import { randomInt } from 'node:crypto';
import { APIGatewayClient, GetApiKeyCommand } from '@aws-sdk/client-api-gateway';
import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  InitiateAuthCommand,
  UsernameExistsException,
} from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { CANARY_TENANT_ID, type TenantRole } from '@granary/api';
import type { CanaryEnvironment } from './canary-environment';

/** Of the top level domain that no mail ever reaches. */
const USER_NAME = 'canary@granary.invalid';
/** It removes what it made, which an administrator may. */
const ROLE: TenantRole = 'TenantAdmin';

/** Signs the canary in and gives its id token, which is secret. */
export type SignIn = () => Promise<string>;

/**
 * The canary as a user of this deployment. Each sign-in sees to its entry in the directory and sets a password
 * that is known to nobody afterwards.
 */
export function canaryUser(environment: CanaryEnvironment): SignIn {
  const users = new CognitoIdentityProviderClient({});
  const directory = DynamoDBDocumentClient.from(new DynamoDBClient({}));
  const keys = new APIGatewayClient({});
  const { USER_POOL_ID: UserPoolId, USER_POOL_CLIENT_ID: ClientId } = environment;

  async function admit(): Promise<void> {
    const { value } = await keys.send(
      new GetApiKeyCommand({ apiKey: environment.USAGE_KEY_ID, includeValue: true }),
    );
    const entry = {
      name: 'Canary',
      status: 'active',
      tier: environment.TIER,
      usageKey: value,
      usageKeyId: environment.USAGE_KEY_ID,
    };
    const names = Object.keys(entry);
    await directory.send(
      new UpdateCommand({
        TableName: environment.TENANT_TABLE_NAME,
        Key: { tenantId: CANARY_TENANT_ID },
        UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}`,
        ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
        ExpressionAttributeValues: Object.fromEntries(
          Object.entries(entry).map(([name, given]) => [`:${name}`, given]),
        ),
      }),
    );
  }

  async function create(): Promise<void> {
    try {
      await users.send(
        new AdminCreateUserCommand({
          UserPoolId,
          Username: USER_NAME,
          MessageAction: 'SUPPRESS',
          UserAttributes: [
            { Name: 'email', Value: USER_NAME },
            { Name: 'email_verified', Value: 'true' },
            { Name: 'custom:tenantId', Value: CANARY_TENANT_ID },
            { Name: 'custom:userRole', Value: ROLE },
            { Name: 'custom:tenantTier', Value: environment.TIER },
          ],
        }),
      );
    } catch (error) {
      if (!(error instanceof UsernameExistsException)) throw error;
    }
  }

  return async () => {
    await Promise.all([admit(), create()]);
    const Password = newPassword();
    await users.send(
      new AdminSetUserPasswordCommand({ UserPoolId, Username: USER_NAME, Password, Permanent: true }),
    );
    const { AuthenticationResult } = await users.send(
      new InitiateAuthCommand({
        ClientId,
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: USER_NAME, PASSWORD: Password },
      }),
    );
    if (!AuthenticationResult?.IdToken) throw new TypeError('the user pool answered without a token');
    return AuthenticationResult.IdToken;
  };
}

const KINDS = ['ABCDEFGHJKLMNPQRSTUVWXYZ', 'abcdefghijkmnopqrstuvwxyz', '23456789', '-_.!'] as const;
const LENGTH = 32;

/** Random, with each kind of character that the pool's policy asks for. */
export function newPassword(): string {
  const all = KINDS.join('');
  const required = KINDS.map(pick);
  return [...required, ...Array.from({ length: LENGTH - required.length }, () => pick(all))].join('');
}

function pick(characters: string): string {
  return characters.charAt(randomInt(characters.length));
}
