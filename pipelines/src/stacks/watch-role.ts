import { Stack } from 'aws-cdk-lib';
import { AccountPrincipal, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import type { Alias } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { observerRoleName, roleArn, watchRoleName } from '../names';
import { acknowledge } from './acknowledge';

export interface WatchRoleProps {
  readonly application: string;
  /** A literal or a token. */
  readonly deploymentId: string;
  /** The toolchain's account, whose release observer watches. */
  readonly toolchainAccount: string;
  readonly canary: Alias;
}

/** What the release engine may do in a deployment: read alarms and counts, and let the canary out. */
export class WatchRole extends Construct {
  readonly role: Role;

  constructor(scope: Construct, id: string, props: WatchRoleProps) {
    super(scope, id);
    const { application, deploymentId, toolchainAccount, canary } = props;
    const { partition, region, account } = Stack.of(this);
    const observer = roleArn(partition, toolchainAccount, observerRoleName(application));
    this.role = new Role(this, 'Role', {
      roleName: watchRoleName(application, deploymentId),
      // By its ARN as a condition: as a principal, IAM would bind it to one life of that role.
      assumedBy: new AccountPrincipal(toolchainAccount).withConditions({
        ArnEquals: { 'aws:PrincipalArn': observer },
      }),
      description: 'Watches a deployment while a release is new to it; for the release engine',
    });
    const alarms = `arn:${partition}:cloudwatch:${region}:${account}:alarm:*`;
    this.allow('cloudwatch:DescribeAlarms', alarms);
    this.allow('cloudwatch:GetMetricData', '*');
    this.allow('lambda:InvokeFunction', canary.functionArn);
    acknowledge(
      this.role,
      `AwsSolutions-IAM5[Resource::arn:aws:cloudwatch:${region}:${account}:alarm:*]`,
      'One deployment’s role reads the alarms of its neighbours in the same wave too, a hundred in a call.',
    );
    acknowledge(
      this.role,
      'AwsSolutions-IAM5[Resource::*]',
      'cloudwatch:GetMetricData takes no resource: metrics have none.',
    );
  }

  private allow(action: string, resource: string): void {
    this.role.addToPolicy(new PolicyStatement({ actions: [action], resources: [resource] }));
  }
}
