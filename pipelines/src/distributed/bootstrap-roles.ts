import type { Manifest } from '@granary/manifest';
import { BOOTSTRAP_QUALIFIER } from '@granary/release';
import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import { acknowledge } from '../stacks/acknowledge';
import { deploymentAccounts, refuseTooManyAccounts } from './cell-readers';

/**
 * Lets a role deploy wherever the manifest has deployments, as the bootstrap's deploy role there: each account by
 * name, or all of the organization where the manifest gives one.
 */
export function allowDeployRoles(role: Role, manifest: Manifest): void {
  const { partition } = Stack.of(role);
  const roleIn = (account: string) =>
    `arn:${partition}:iam::${account}:role/cdk-${BOOTSTRAP_QUALIFIER}-deploy-role-${account}-*`;
  const { organization } = manifest.toolchain;
  const accounts = organization === undefined ? deploymentAccounts(manifest) : ['*'];
  refuseTooManyAccounts(accounts.length);
  role.addToPolicy(
    new PolicyStatement({
      actions: ['sts:AssumeRole'],
      resources: accounts.map(roleIn),
      ...(organization === undefined
        ? {}
        : { conditions: { StringEquals: { 'aws:ResourceOrgID': organization } } }),
    }),
  );
  for (const account of accounts)
    acknowledge(
      role,
      `AwsSolutions-IAM5[Resource::arn:aws:iam::${account}:role/cdk-${BOOTSTRAP_QUALIFIER}-deploy-role-${account}-*]`,
      account === '*'
        ? "The bootstrap's deploy roles of this organization's accounts, by the condition; they come and go with tenants."
        : "The bootstrap's deploy role of each region of the account.",
    );
}
