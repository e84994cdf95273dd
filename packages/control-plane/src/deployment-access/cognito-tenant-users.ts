import {
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminGetUserCommand,
  AdminUpdateUserAttributesCommand,
  type CognitoIdentityProviderClient,
  paginateListUsers,
  UnsupportedUserStateException,
  UserNotFoundException,
  UsernameExistsException,
} from '@aws-sdk/client-cognito-identity-provider';
import type { TenantRole } from '@granary/api';
import type { AdminUser, TenantUser, TenantUsers } from './deployment-access';

const ADMIN_ROLE: TenantRole = 'TenantAdmin';

/** A user pool whose users sign in by e-mail address. */
export class CognitoTenantUsers implements TenantUsers {
  constructor(
    private readonly client: CognitoIdentityProviderClient,
    private readonly userPoolId: string,
  ) {}

  async invite(admin: AdminUser): Promise<'invited' | 'exists'> {
    return (await this.create({ ...admin, role: ADMIN_ROLE })) ? 'invited' : 'exists';
  }

  async enter(user: TenantUser & AdminUser, how: 'silent' | 'invited'): Promise<'entered' | 'exists'> {
    const entered = await this.create(user, how === 'silent' ? 'SUPPRESS' : undefined);
    if (entered && !user.enabled)
      await this.client.send(
        new AdminDisableUserCommand({ UserPoolId: this.userPoolId, Username: user.email }),
      );
    return entered ? 'entered' : 'exists';
  }

  async resend(email: string): Promise<void> {
    try {
      await this.client.send(
        new AdminCreateUserCommand({
          UserPoolId: this.userPoolId,
          Username: email,
          MessageAction: 'RESEND',
          DesiredDeliveryMediums: ['EMAIL'],
        }),
      );
    } catch (error) {
      // Signed in meanwhile, or gone.
      if (!(error instanceof UnsupportedUserStateException || error instanceof UserNotFoundException))
        throw error;
    }
  }

  async setTier(email: string, tier: string): Promise<void> {
    try {
      await this.client.send(
        new AdminUpdateUserAttributesCommand({
          UserPoolId: this.userPoolId,
          Username: email,
          UserAttributes: [{ Name: 'custom:tenantTier', Value: tier }],
        }),
      );
    } catch (error) {
      if (!(error instanceof UserNotFoundException)) throw error;
    }
  }

  async of(tenantId: string): Promise<readonly TenantUser[]> {
    const found: TenantUser[] = [];
    // Cognito cannot filter by an attribute of ours.
    for await (const { Users = [] } of paginateListUsers(
      { client: this.client, pageSize: 60 },
      { UserPoolId: this.userPoolId },
    ))
      for (const { Attributes = [], Enabled = true } of Users) {
        const attribute = (name: string) => Attributes.find(({ Name }) => Name === name)?.Value;
        const email = attribute('email');
        if (attribute('custom:tenantId') !== tenantId || email === undefined) continue;
        const support = attribute('custom:accessUntil') === undefined ? {} : { support: true };
        const role = attribute('custom:userRole') ?? 'TenantUser';
        found.push({ email, role, enabled: Enabled, ...support });
      }
    return found;
  }

  /** @returns whether there was none */
  private async create(
    { email, tenantId, tier, role }: AdminUser & Pick<TenantUser, 'role'>,
    MessageAction?: 'SUPPRESS',
  ): Promise<boolean> {
    try {
      await this.client.send(
        new AdminCreateUserCommand({
          UserPoolId: this.userPoolId,
          Username: email,
          UserAttributes: [
            { Name: 'email', Value: email },
            { Name: 'email_verified', Value: 'true' },
            { Name: 'custom:tenantId', Value: tenantId },
            { Name: 'custom:userRole', Value: role },
            { Name: 'custom:tenantTier', Value: tier },
          ],
          ...(MessageAction ? { MessageAction } : { DesiredDeliveryMediums: ['EMAIL'] }),
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof UsernameExistsException) return false;
      throw error;
    }
  }

  async tenantOf(email: string): Promise<string | undefined> {
    try {
      const { UserAttributes } = await this.client.send(
        new AdminGetUserCommand({ UserPoolId: this.userPoolId, Username: email }),
      );
      return UserAttributes?.find(({ Name }) => Name === 'custom:tenantId')?.Value;
    } catch (error) {
      if (error instanceof UserNotFoundException) return undefined;
      throw error;
    }
  }

  async remove(email: string): Promise<void> {
    try {
      await this.client.send(new AdminDeleteUserCommand({ UserPoolId: this.userPoolId, Username: email }));
    } catch (error) {
      if (!(error instanceof UserNotFoundException)) throw error;
    }
  }
}
