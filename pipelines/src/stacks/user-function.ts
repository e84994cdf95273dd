import { Duration } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { ServiceFunction, type ServiceFunctionProps } from './service-function';
import type { UserPool } from './user-pool';

export interface UserFunctionProps
  extends Pick<ServiceFunctionProps, 'code' | 'layers' | 'release' | 'tenantIsolation'> {
  readonly users: UserPool;
  /** The directory of users. */
  readonly table: ITable;
  /** Whether the deployment takes another issuer's tokens: then there are no users to manage. */
  readonly foreignIdentity: boolean;
}

/** What managing users of one pool takes. */
export const ACCOUNT_ACTIONS = [
  'cognito-idp:AdminCreateUser',
  'cognito-idp:AdminDeleteUser',
  'cognito-idp:AdminDisableUser',
  'cognito-idp:AdminEnableUser',
  'cognito-idp:AdminGetUser',
  'cognito-idp:AdminUpdateUserAttributes',
  'cognito-idp:AdminUserGlobalSignOut',
] as const;

/** What the directory of users takes. */
export const USER_ROW_ACTIONS = [
  'dynamodb:GetItem',
  'dynamodb:Query',
  'dynamodb:PutItem',
  'dynamodb:UpdateItem',
  'dynamodb:DeleteItem',
] as const;

/** Lets tenants' administrators manage their people: this pool and its directory, nothing else. It sets no passwords. */
export class UserFunction extends Construct {
  readonly service: ServiceFunction;

  constructor(scope: Construct, id: string, props: UserFunctionProps) {
    super(scope, id);
    const { users, table, foreignIdentity, ...shared } = props;
    this.service = new ServiceFunction(this, 'Service', {
      ...shared,
      entry: 'user',
      description: 'Users of the tenants',
      environment: {
        USER_TABLE_NAME: table.tableName,
        USER_POOL_ID: users.pool.userPoolId,
        USERS: foreignIdentity ? 'foreign' : 'own',
      },
      // Less than the lease of a change.
      timeout: Duration.seconds(28),
    });
    if (foreignIdentity) return;
    this.service.allow(ACCOUNT_ACTIONS, [users.pool.userPoolArn]);
    this.service.allow(USER_ROW_ACTIONS, [table.tableArn]);
  }
}
