import { TENANT_LEADING_KEYS, TENANT_SESSION_TAGS, tenantItemActions } from '@granary/auth';
import { Duration } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import {
  ArnPrincipal,
  Effect,
  type IRole,
  PolicyStatement,
  Role,
  SessionTagsPrincipal,
} from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

export interface TenantRoleProps {
  /** The authorizer's role: the only one that may take this role. */
  readonly authorizer: IRole;
  /** Tables whose partition keys begin with the tenant. */
  readonly tables: readonly Table[];
}

/**
 * The floor of tenant isolation: a session of this role reaches the rows of the tenant in its tag. Without the
 * tag there is no session; without a leading key there is no answer.
 */
export class TenantRole extends Construct {
  readonly role: Role;

  constructor(scope: Construct, id: string, props: TenantRoleProps) {
    super(scope, id);
    this.role = new Role(this, 'Role', {
      assumedBy: new SessionTagsPrincipal(
        new ArnPrincipal(props.authorizer.roleArn).withConditions({
          StringLike: Object.fromEntries(TENANT_SESSION_TAGS.map((tag) => [`aws:RequestTag/${tag}`, '?*'])),
          'ForAllValues:StringEquals': { 'aws:TagKeys': [...TENANT_SESSION_TAGS] },
        }),
      ),
      description: 'Rows of the tenant that a session is tagged with',
      maxSessionDuration: Duration.hours(1),
    });
    this.role.addToPolicy(
      new PolicyStatement({
        effect: Effect.ALLOW,
        // Each by its name: a wild card would let in Scan and PartiQL, which name no key. The widest role's; the
        // session policy narrows.
        actions: [...tenantItemActions('TenantAdmin')],
        resources: props.tables.map((table) => table.tableArn),
        conditions: {
          // The separator after the id: without it, tenant `a` would reach tenant `a-b`.
          'ForAllValues:StringLike': {
            'dynamodb:LeadingKeys': [TENANT_LEADING_KEYS],
          },
          // ForAllValues holds for a request without leading keys.
          Null: { 'dynamodb:LeadingKeys': 'false', 'aws:PrincipalTag/TenantId': 'false' },
        },
      }),
    );
  }
}
