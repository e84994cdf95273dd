import {
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminGetUserCommand,
  type CognitoIdentityProviderClient,
  UserNotFoundException,
  UsernameExistsException,
} from '@aws-sdk/client-cognito-identity-provider';
import type { TenantRole } from '@granary/api';
import type { AdminUser, TenantUsers } from './deployment-access';

const ADMIN_ROLE: TenantRole = 'TenantAdmin';

/** A user pool whose users sign in by e-mail address. */
export class CognitoTenantUsers implements TenantUsers {
  constructor(
    private readonly client: CognitoIdentityProviderClient,
    private readonly userPoolId: string,
  ) {}

  async invite({ email, tenantId, tier }: AdminUser): Promise<'invited' | 'exists'> {
    try {
      await this.client.send(
        new AdminCreateUserCommand({
          UserPoolId: this.userPoolId,
          Username: email,
          UserAttributes: [
            { Name: 'email', Value: email },
            { Name: 'email_verified', Value: 'true' },
            { Name: 'custom:tenantId', Value: tenantId },
            { Name: 'custom:userRole', Value: ADMIN_ROLE },
            { Name: 'custom:tenantTier', Value: tier },
          ],
          DesiredDeliveryMediums: ['EMAIL'],
        }),
      );
      return 'invited';
    } catch (error) {
      if (error instanceof UsernameExistsException) return 'exists';
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
