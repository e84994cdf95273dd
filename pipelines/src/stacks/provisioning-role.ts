import { Stack } from 'aws-cdk-lib';
import type { IUsagePlan } from 'aws-cdk-lib/aws-apigateway';
import type { IUserPool } from 'aws-cdk-lib/aws-cognito';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { AccountPrincipal, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { onboardingRoleName, provisioningRoleName, roleArn } from '../names';
import { acknowledge, logicalId } from './acknowledge';

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

/** What the control plane may do in a deployment: give a tenant its key, its entry and its first user. */
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
    this.allow(['apigateway:GET'], [this.apiGateway('/apikeys/*')]);
    const plans = props.usagePlans.map((plan) => plan.usagePlanId);
    this.allow(
      ['apigateway:POST'],
      plans.map((plan) => this.apiGateway(`/usageplans/${plan}/keys`)),
    );
    this.allow(
      ['apigateway:GET'],
      plans.map((plan) => this.apiGateway(`/usageplans/${plan}/keys/*`)),
    );
    this.allow(['dynamodb:UpdateItem'], [props.tenants.tableArn]);
    this.allow(['cognito-idp:AdminCreateUser', 'cognito-idp:AdminGetUser'], [props.userPool.userPoolArn]);
    this.explain(props.usagePlans);
  }

  private allow(actions: string[], resources: string[]): void {
    this.role.addToPolicy(new PolicyStatement({ actions, resources }));
  }

  private apiGateway(path: string): string {
    const { partition, region } = Stack.of(this);
    return `arn:${partition}:apigateway:${region}::${path}`;
  }

  private explain(plans: readonly IUsagePlan[]): void {
    const { region } = Stack.of(this);
    const gateway = `Resource::arn:aws:apigateway:${region}::`;
    acknowledge(
      this.role,
      `AwsSolutions-IAM5[${gateway}/apikeys/*]`,
      "A key's id is not known before it is made, and keys have no path of their own.",
    );
    for (const plan of plans)
      acknowledge(
        this.role,
        `AwsSolutions-IAM5[${gateway}/usageplans/<${logicalId(plan)}>/keys/*]`,
        "The keys of this deployment's own plan.",
      );
  }
}
