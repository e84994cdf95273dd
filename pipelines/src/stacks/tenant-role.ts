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
import { acknowledge } from './acknowledge';

export interface TenantRoleProps {
  /** The authorizer's role: the only one that may take this role. */
  readonly authorizer: IRole;
  /** Tables whose partition keys begin with the tenant. */
  readonly tables: readonly Table[];
}

/** Session tags that a session of the role must carry. */
export const SESSION_TAGS = ['TenantId', 'Role', 'Tier'] as const;

/** What a tenant's session may do to its rows: one action at a time, none that reads a table whole. */
const ROW_ACTIONS = [
  'dynamodb:GetItem',
  'dynamodb:BatchGetItem',
  'dynamodb:Query',
  'dynamodb:PutItem',
  'dynamodb:UpdateItem',
  'dynamodb:DeleteItem',
  'dynamodb:BatchWriteItem',
  'dynamodb:ConditionCheckItem',
] as const;

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
          StringLike: Object.fromEntries(SESSION_TAGS.map((tag) => [`aws:RequestTag/${tag}`, '?*'])),
          'ForAllValues:StringEquals': { 'aws:TagKeys': [...SESSION_TAGS] },
        }),
      ),
      description: 'Rows of the tenant that a session is tagged with',
      maxSessionDuration: Duration.hours(1),
    });
    this.role.addToPolicy(
      new PolicyStatement({
        effect: Effect.ALLOW,
        actions: [...ROW_ACTIONS],
        resources: props.tables.map((table) => table.tableArn),
        conditions: {
          // The separator after the id: without it, tenant `a` would reach tenant `a-b`.
          'ForAllValues:StringLike': {
            'dynamodb:LeadingKeys': [`TENANT#\${aws:PrincipalTag/TenantId}#*`],
          },
          // ForAllValues holds for a request without leading keys.
          Null: { 'dynamodb:LeadingKeys': 'false', 'aws:PrincipalTag/TenantId': 'false' },
        },
      }),
    );
    acknowledge(this.role, 'AwsSolutions-IAM5', 'No wild card: the leading key ends in the shard.');
  }
}
