import type { Manifest } from '@granary/manifest';
import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import { deploymentAccounts, refuseTooManyAccounts } from '../distributed/cell-readers';
import { roleArn, watchRoleName } from '../names';
import { acknowledge } from '../stacks/acknowledge';

/** Lets a role watch every deployment: each account by name, or all of the organization where there is one. */
export function allowWatchRoles(role: Role, { application, ...manifest }: Manifest): void {
  const { partition } = Stack.of(role);
  const { organization } = manifest.toolchain;
  const accounts = organization === undefined ? deploymentAccounts({ application, ...manifest }) : ['*'];
  refuseTooManyAccounts(accounts.length);
  const anyDeployment = watchRoleName(application, '*');
  role.addToPolicy(
    new PolicyStatement({
      actions: ['sts:AssumeRole'],
      resources: accounts.map((account) => roleArn(partition, account, anyDeployment)),
      ...(organization === undefined
        ? {}
        : { conditions: { StringEquals: { 'aws:ResourceOrgID': organization } } }),
    }),
  );
  for (const account of accounts)
    acknowledge(
      role,
      `AwsSolutions-IAM5[Resource::arn:aws:iam::${account}:role/${anyDeployment}]`,
      'Deployments come and go with the manifest; their watch roles share this name, in the accounts of the cells only.',
    );
}
