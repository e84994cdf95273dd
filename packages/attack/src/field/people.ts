import { randomBytes } from 'node:crypto';
import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  InitiateAuthCommand,
  UsernameExistsException,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Role } from '@granary/api';
import type { CloudEndpoint } from '@granary/local';
import { AttackError } from '../attack-error';
import type { Secrets } from '../secrets';
import type { Deployed } from './deployed';

/** Somebody with an account of a user pool. */
export interface Person {
  readonly userName: string;
  readonly password: string;
  readonly role: Role;
  readonly idToken: string;
  readonly accessToken: string;
  readonly refreshToken: string;
}

/** Makes people and signs them in. */
export class People {
  constructor(
    private readonly cloud: CloudEndpoint,
    private readonly secrets: Secrets,
  ) {}

  /** Makes the person as root unless there is one of that name, with a new password, and signs in. */
  async enter(
    place: Deployed,
    userName: string,
    role: Role,
    attributes: Readonly<Record<string, string>> = {},
  ): Promise<Person> {
    const password = await this.make(place, userName, { ...attributes, 'custom:userRole': role });
    return { userName, password, role, ...(await this.signIn(place, userName, password)) };
  }

  /** @returns the password */
  private async make(
    { account, region, userPoolId }: Deployed,
    Username: string,
    attributes: Readonly<Record<string, string>>,
  ): Promise<string> {
    const root = new CognitoIdentityProviderClient(this.cloud.clientConfig(account, region));
    const UserAttributes = Object.entries({ email: Username, email_verified: 'true', ...attributes }).map(
      ([Name, Value]) => ({ Name, Value }),
    );
    await root
      .send(
        new AdminCreateUserCommand({
          UserPoolId: userPoolId,
          Username,
          MessageAction: 'SUPPRESS',
          UserAttributes,
        }),
      )
      .catch((error: unknown) => {
        if (!(error instanceof UsernameExistsException)) throw error;
      });
    const Password = this.secrets.keep('password', `${randomBytes(15).toString('base64url')}-aA1`);
    await root.send(
      new AdminSetUserPasswordCommand({ UserPoolId: userPoolId, Username, Password, Permanent: true }),
    );
    root.destroy();
    return Password;
  }

  /** @throws AttackError when the user pool asks for more than the password */
  async signIn({ region, clientId }: Deployed, userName: string, password: string) {
    const anyone = new CognitoIdentityProviderClient({ endpoint: this.cloud.endpoint, region });
    const { AuthenticationResult: given } = await anyone.send(
      new InitiateAuthCommand({
        ClientId: clientId,
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: userName, PASSWORD: password },
      }),
    );
    anyone.destroy();
    if (!given?.IdToken || !given.AccessToken || !given.RefreshToken)
      throw new AttackError(`${userName} could not sign in`);
    return {
      idToken: this.secrets.keep('id token', given.IdToken),
      accessToken: this.secrets.keep('access token', given.AccessToken),
      refreshToken: this.secrets.keep('refresh token', given.RefreshToken),
    };
  }
}
