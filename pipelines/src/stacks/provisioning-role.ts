import { Stack } from 'aws-cdk-lib';
import type { IUsagePlan } from 'aws-cdk-lib/aws-apigateway';
import type { IUserPool } from 'aws-cdk-lib/aws-cognito';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { AccountPrincipal, Effect, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { onboardingRoleName, provisioningRoleName, roleArn } from '../names';
import { acknowledge } from './acknowledge';

export interface ProvisioningRoleProps {
  readonly application: string;
  /** A literal or a token. */
  readonly deploymentId: string;
  /** The control plane's account. */
  readonly controlAccount: string;
  readonly userPool: IUserPool;
  readonly tenants: ITable;
  readonly usagePlans: readonly IUsagePlan[];
}

/** What the control plane may do in a deployment: give a tenant its key and limits, its entry and its first user. */
export class ProvisioningRole extends Construct {
  readonly role: Role;

  constructor(scope: Construct, id: string, props: ProvisioningRoleProps) {
    super(scope, id);
    const { partition } = Stack.of(this);
    const onboarding = roleArn(partition, props.controlAccount, onboardingRoleName(props.application));
    this.role = new Role(this, 'Role', {
      roleName: provisioningRoleName(props.application, props.deploymentId),
      // By its ARN as a condition: as a principal, IAM would bind it to one life of that role.
      assumedBy: new AccountPrincipal(props.controlAccount).withConditions({
        ArnEquals: { 'aws:PrincipalArn': onboarding },
      }),
      description: 'Admits tenants and their first users; for the control plane',
    });
    this.allow(['apigateway:GET', 'apigateway:POST'], [this.apiGateway('/apikeys')]);
    this.allow(['apigateway:GET', 'apigateway:PATCH', 'apigateway:DELETE'], [this.apiGateway('/apikeys/*')]);
    this.allowOwnPlans();
    this.guardTierPlans(props.usagePlans);
    this.allow(['dynamodb:GetItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'], [props.tenants.tableArn]);
    this.allow(
      [
        'cognito-idp:AdminCreateUser',
        'cognito-idp:AdminGetUser',
        'cognito-idp:AdminDeleteUser',
        'cognito-idp:AdminDisableUser',
        'cognito-idp:AdminUpdateUserAttributes',
        'cognito-idp:ListUsers',
      ],
      [props.userPool.userPoolArn],
    );
    this.explain();
  }

  /** Moves a tenant's key between its tier's plan and one of its own. */
  private allowOwnPlans(): void {
    const plans = this.apiGateway('/usageplans');
    this.allow(['apigateway:GET', 'apigateway:POST'], [plans]);
    this.allow(['apigateway:POST'], [`${plans}/*/keys`]);
    this.allow(['apigateway:GET', 'apigateway:PATCH', 'apigateway:DELETE'], [`${plans}/*`]);
  }

  /** The tiers' plans are the stack's: keys come and go there, their limits and they themselves stay. */
  private guardTierPlans(usagePlans: readonly IUsagePlan[]): void {
    this.role.addToPolicy(
      new PolicyStatement({
        effect: Effect.DENY,
        actions: ['apigateway:PATCH', 'apigateway:DELETE'],
        resources: usagePlans.map(({ usagePlanId }) => this.apiGateway(`/usageplans/${usagePlanId}`)),
      }),
    );
  }

  private allow(actions: string[], resources: string[]): void {
    this.role.addToPolicy(new PolicyStatement({ actions, resources }));
  }

  private apiGateway(path: string): string {
    const { partition, region } = Stack.of(this);
    return `arn:${partition}:apigateway:${region}::${path}`;
  }

  private explain(): void {
    const { region } = Stack.of(this);
    const gateway = `Resource::arn:aws:apigateway:${region}::`;
    acknowledge(
      this.role,
      `AwsSolutions-IAM5[${gateway}/apikeys/*]`,
      "A key's id is not known before it is made, and keys have no path of their own.",
    );
    for (const path of ['/usageplans/*', '/usageplans/*/keys'])
      acknowledge(
        this.role,
        `AwsSolutions-IAM5[${gateway}${path}]`,
        "A plan of a tenant's own is made at run time, when its id is not known yet. The stack's own plans are denied to changes.",
      );
  }
}
