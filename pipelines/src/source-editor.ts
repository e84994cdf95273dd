import type { CodeCommitSource, Manifest } from '@granary/manifest';
import { Stack } from 'aws-cdk-lib';
import { AccountPrincipal, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { onboardingRoleName, roleArn, sourceEditorRoleName } from './names';

/** What the control plane may do in the manifest's CodeCommit repository: read and write files, propose changes. */
export class SourceEditor extends Construct {
  readonly role: Role;

  constructor(scope: Construct, id: string, manifest: Manifest, { repository }: CodeCommitSource) {
    super(scope, id);
    const { application, controlPlane } = manifest;
    const { partition, region, account } = Stack.of(this);
    this.role = new Role(this, 'Role', {
      roleName: sourceEditorRoleName(application),
      // By its ARN as a condition: as a principal, IAM would bind it to one life of that role.
      assumedBy: new AccountPrincipal(controlPlane.account).withConditions({
        ArnEquals: {
          'aws:PrincipalArn': roleArn(partition, controlPlane.account, onboardingRoleName(application)),
        },
      }),
      description: 'Changes tenants.json; for the control plane',
    });
    this.role.addToPolicy(
      new PolicyStatement({
        actions: [
          'codecommit:CreateBranch',
          'codecommit:CreatePullRequest',
          'codecommit:GetBranch',
          'codecommit:GetFile',
          'codecommit:GetPullRequest',
          'codecommit:ListFileCommitHistory',
          'codecommit:ListPullRequests',
          'codecommit:PutFile',
        ],
        resources: [`arn:${partition}:codecommit:${region}:${account}:${repository}`],
      }),
    );
  }
}
