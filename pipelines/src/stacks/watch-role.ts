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
    const { partition } = Stack.of(this);
    const observer = roleArn(partition, toolchainAccount, observerRoleName(application));
    this.role = new Role(this, 'Role', {
      roleName: watchRoleName(application, deploymentId),
      // By its ARN as a condition: as a principal, IAM would bind it to one life of that role.
      assumedBy: new AccountPrincipal(toolchainAccount).withConditions({
        ArnEquals: { 'aws:PrincipalArn': observer },
      }),
      description: 'Watches a deployment while a release is new to it; for the release engine',
    });
    this.allow(['cloudwatch:DescribeAlarms', 'cloudwatch:GetMetricData'], '*');
    this.allow(['lambda:InvokeFunction'], canary.functionArn);
    acknowledge(
      this.role,
      'AwsSolutions-IAM5[Resource::*]',
      'Metrics have no resource; alarms are asked for a hundred in a call, those of the neighbours in the wave too.',
    );
  }

  private allow(actions: string[], resource: string): void {
    this.role.addToPolicy(new PolicyStatement({ actions, resources: [resource] }));
  }
}
