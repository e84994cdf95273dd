import { Stack } from 'aws-cdk-lib';
import type { IUserPool } from 'aws-cdk-lib/aws-cognito';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { AccountPrincipal, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { onboardingRoleName, roleArn, userManagerRoleName, usersRoleName } from '../names';
import { ACCOUNT_ACTIONS, USER_ROW_ACTIONS } from './user-function';

export interface UsersRoleProps {
  readonly application: string;
  /** A literal or a token. */
  readonly deploymentId: string;
  /** The control plane's account. */
  readonly controlAccount: string;
  readonly userPool: IUserPool;
  /** The directory of users. */
  readonly table: ITable;
}

/** What operators may do to the users of a deployment's tenants, and how support access comes and goes. */
export class UsersRole extends Construct {
  readonly role: Role;

  constructor(scope: Construct, id: string, props: UsersRoleProps) {
    super(scope, id);
    const { application, deploymentId, controlAccount, userPool, table } = props;
    const { partition } = Stack.of(this);
    const managers = (['service', 'sweep'] as const).map((kind) => userManagerRoleName(application, kind));
    // The last one moves a tenant's people from a deployment to another.
    const callers = [...managers, onboardingRoleName(application)].map((name) =>
      roleArn(partition, controlAccount, name),
    );
    this.role = new Role(this, 'Role', {
      roleName: usersRoleName(application, deploymentId),
      // By their ARNs as a condition: as principals, IAM would bind it to one life of those roles.
      assumedBy: new AccountPrincipal(controlAccount).withConditions({
        ArnEquals: { 'aws:PrincipalArn': callers },
      }),
      description: 'Manages the users of the tenants; for the control plane',
    });
    const allow = (actions: readonly string[], resource: string) =>
      this.role.addToPolicy(new PolicyStatement({ actions: [...actions], resources: [resource] }));
    // Passwords are set for support users only, whom the control plane makes itself.
    allow([...ACCOUNT_ACTIONS, 'cognito-idp:AdminSetUserPassword'], userPool.userPoolArn);
    allow(USER_ROW_ACTIONS, table.tableArn);
  }
}
