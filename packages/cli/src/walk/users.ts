import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  InitiateAuthCommand,
  UsernameExistsException,
} from '@aws-sdk/client-cognito-identity-provider';
import type { OperatorRole } from '@granary/api';
import { WalkError } from '../cli-error';
import type { OperatorAccess } from './operator-access';

/** A user pool, as the operator of its account reaches it. */
export interface PoolPlace {
  readonly account: string;
  readonly region: string;
  readonly userPoolId: string;
}

/** A user pool's client, as anyone reaches it. */
export interface PoolClient {
  readonly region: string;
  readonly userPoolClientId: string;
}

export interface Credentials {
  readonly userName: string;
  readonly password: string;
}

/** People of user pools. */
export interface Users {
  /** Makes an operator, unless there is one of that name. */
  ensureOperator(pool: PoolPlace, email: string, role: OperatorRole): Promise<void>;
  /** Sets a password that need not be changed at the first sign-in. */
  setPassword(pool: PoolPlace, credentials: Credentials): Promise<void>;
  /** @returns an id token @throws WalkError when the pool refuses */
  signIn(client: PoolClient, credentials: Credentials): Promise<string>;
}

/** Users of Cognito: managed as root of the pool's account, signed in as they sign in themselves. */
export function cognitoUsers(access: OperatorAccess): Users {
  const asRoot = ({ account, region }: PoolPlace) =>
    new CognitoIdentityProviderClient(access.clientConfig(account, region));
  return {
    ensureOperator: async (pool, email, role) => {
      try {
        await asRoot(pool).send(
          new AdminCreateUserCommand({
            UserPoolId: pool.userPoolId,
            Username: email,
            MessageAction: 'SUPPRESS',
            UserAttributes: [
              { Name: 'email', Value: email },
              { Name: 'email_verified', Value: 'true' },
              { Name: 'custom:userRole', Value: role },
            ],
          }),
        );
      } catch (error) {
        if (!(error instanceof UsernameExistsException)) throw error;
      }
    },
    setPassword: async (pool, { userName, password }) => {
      await asRoot(pool).send(
        new AdminSetUserPasswordCommand({
          UserPoolId: pool.userPoolId,
          Username: userName,
          Password: password,
          Permanent: true,
        }),
      );
    },
    signIn: (client, credentials) => signIn(access.endpoint, client, credentials),
  };
}

/**
 * Signs in with a password, as a client without credentials of AWS.
 *
 * @param endpoint the engine's URL
 * @returns an id token
 * @throws WalkError when the pool refuses, or asks for more than a password
 */
export async function signIn(
  endpoint: string,
  client: PoolClient,
  credentials: Credentials,
): Promise<string> {
  const { region, userPoolClientId } = client;
  const { userName, password } = credentials;
  const cognito = new CognitoIdentityProviderClient({ endpoint, region });
  try {
    const { AuthenticationResult, ChallengeName } = await cognito.send(
      new InitiateAuthCommand({
        ClientId: userPoolClientId,
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: userName, PASSWORD: password },
      }),
    );
    const token = AuthenticationResult?.IdToken;
    if (token) return token;
    throw new WalkError(
      `sign-in of ${userName}: the user pool asks for ${ChallengeName ?? 'something else'}`,
    );
  } catch (cause) {
    if (cause instanceof WalkError) throw cause;
    throw new WalkError(`sign-in of ${userName}: ${(cause as Error).message}`, { cause });
  } finally {
    cognito.destroy();
  }
}
