import {
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminGetUserCommand,
  AdminSetUserPasswordCommand,
  AdminUpdateUserAttributesCommand,
  AdminUserGlobalSignOutCommand,
  type AttributeType,
  type CognitoIdentityProviderClient,
  UserNotFoundException,
  UsernameExistsException,
} from '@aws-sdk/client-cognito-identity-provider';

/** A user as the user pool has it. */
export interface Account {
  readonly userId: string;
  /** The e-mail address, in lower case. */
  readonly userName: string;
  readonly enabled: boolean;
  readonly createdAt: Date;
  /** By name, `custom:` included. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** A user pool. What names a user that is not there answers false. */
export interface UserAccounts {
  find(userName: string): Promise<Account | undefined>;
  /** `password`: the user is told nothing and signs in by it; else Cognito mails an invitation. */
  create(
    userName: string,
    attributes: Readonly<Record<string, string>>,
    password?: string,
  ): Promise<'created' | 'exists'>;
  setRole(userName: string, role: string): Promise<boolean>;
  enable(userName: string): Promise<boolean>;
  /** Refresh tokens end too. */
  disable(userName: string): Promise<boolean>;
  signOut(userName: string): Promise<boolean>;
  remove(userName: string): Promise<boolean>;
}

/** A pool whose users sign in by e-mail address. */
export function cognitoAccounts(client: CognitoIdentityProviderClient, UserPoolId: string): UserAccounts {
  const named = (Username: string) => ({ UserPoolId, Username });
  const there = async (work: () => Promise<unknown>): Promise<boolean> => {
    try {
      await work();
      return true;
    } catch (error) {
      if (error instanceof UserNotFoundException) return false;
      throw error;
    }
  };
  const signOut = (userName: string) =>
    there(() => client.send(new AdminUserGlobalSignOutCommand(named(userName))));
  return {
    async find(userName) {
      let account: Account | undefined;
      await there(async () => {
        const found = await client.send(new AdminGetUserCommand(named(userName)));
        const attributes = attributesOf(found.UserAttributes);
        account = {
          userId: attributes.sub ?? String(found.Username),
          userName: (attributes.email ?? String(found.Username)).toLowerCase(),
          enabled: found.Enabled ?? false,
          createdAt: found.UserCreateDate ?? new Date(0),
          attributes,
        };
      });
      return account;
    },
    async create(userName, attributes, password) {
      const UserAttributes = Object.entries({ email: userName, email_verified: 'true', ...attributes }).map(
        ([Name, Value]) => ({ Name, Value }),
      );
      try {
        await client.send(
          new AdminCreateUserCommand({
            ...named(userName),
            UserAttributes,
            ...(password === undefined
              ? { DesiredDeliveryMediums: ['EMAIL'] }
              : { MessageAction: 'SUPPRESS' }),
          }),
        );
      } catch (error) {
        if (error instanceof UsernameExistsException) return 'exists';
        throw error;
      }
      if (password !== undefined)
        await client.send(
          new AdminSetUserPasswordCommand({ ...named(userName), Password: password, Permanent: true }),
        );
      return 'created';
    },
    setRole: (userName, role) =>
      there(() =>
        client.send(
          new AdminUpdateUserAttributesCommand({
            ...named(userName),
            UserAttributes: [{ Name: 'custom:userRole', Value: role }],
          }),
        ),
      ),
    enable: (userName) => there(() => client.send(new AdminEnableUserCommand(named(userName)))),
    disable: async (userName) =>
      (await there(() => client.send(new AdminDisableUserCommand(named(userName))))) && signOut(userName),
    signOut,
    remove: (userName) => there(() => client.send(new AdminDeleteUserCommand(named(userName)))),
  };
}

function attributesOf(list: readonly AttributeType[] = []): Record<string, string> {
  return Object.fromEntries(list.map(({ Name = '', Value = '' }) => [Name, Value]));
}
