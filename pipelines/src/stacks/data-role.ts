import { TENANT_LEADING_KEYS } from '@granary/auth';
import { Stack } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { AccountPrincipal, PolicyStatement, Role, SessionTagsPrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { dataFunctionRoleName, dataRoleName, roleArn } from '../names';
import type { TenantRole } from './tenant-role';

export interface DataRoleProps {
  readonly application: string;
  /** A literal or a token. */
  readonly deploymentId: string;
  /** The control plane's account. */
  readonly controlAccount: string;
  /** Tables of tenants' rows, by what they hold. */
  readonly tables: Readonly<Record<string, ITable>>;
  /** The role whose sessions a freeze meets. */
  readonly tenantRole: TenantRole;
}

/** What moves and removes a tenant's rows: a session reaches those of the one tenant that it is tagged with. */
export class DataRole extends Construct {
  readonly role: Role;

  constructor(scope: Construct, id: string, props: DataRoleProps) {
    super(scope, id);
    const { application, deploymentId, controlAccount, tables, tenantRole } = props;
    const { partition } = Stack.of(this);
    const caller = roleArn(partition, controlAccount, dataFunctionRoleName(application));
    this.role = new Role(this, 'Role', {
      roleName: dataRoleName(application, deploymentId),
      // By its ARN as a condition: as a principal, IAM would bind it to one life of that role.
      assumedBy: new SessionTagsPrincipal(
        new AccountPrincipal(controlAccount).withConditions({
          ArnEquals: { 'aws:PrincipalArn': caller },
          StringLike: { 'aws:RequestTag/TenantId': '?*' },
          'ForAllValues:StringEquals': { 'aws:TagKeys': ['TenantId'] },
        }),
      ),
      description: 'Copies, exports and purges the rows of one tenant; for the control plane',
    });
    this.role.addToPolicy(
      new PolicyStatement({
        actions: ['dynamodb:Query', 'dynamodb:BatchWriteItem'],
        resources: Object.values(tables).map(({ tableArn }) => tableArn),
        conditions: {
          'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [TENANT_LEADING_KEYS] },
          Null: { 'dynamodb:LeadingKeys': 'false', 'aws:PrincipalTag/TenantId': 'false' },
        },
      }),
    );
    // An inline policy can deny, and allow no more than the boundary does: without the boundary it is refused.
    this.role.addToPolicy(
      new PolicyStatement({
        actions: ['iam:PutRolePolicy', 'iam:DeleteRolePolicy'],
        resources: [tenantRole.role.roleArn],
        conditions: { ArnEquals: { 'iam:PermissionsBoundary': tenantRole.boundary.managedPolicyArn } },
      }),
    );
  }
}
