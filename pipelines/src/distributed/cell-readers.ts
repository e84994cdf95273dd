import type { Manifest } from '@granary/manifest';
import { deploymentTargets } from '@granary/manifest';
import { AccountPrincipal, type IPrincipal, OrganizationPrincipal } from 'aws-cdk-lib/aws-iam';
import { ReleaseError } from '../release-error';

/**
 * Accounts that policies name one by one: more do not fit the policies' sizes (a role's inline policies hold
 * 10,240 characters, and each account takes up to 90 of them).
 */
export const MAXIMUM_NAMED_ACCOUNTS = 100;

/** Accounts of every deployment, in the order of the manifest. */
export function deploymentAccounts(manifest: Manifest): readonly string[] {
  return [...new Set(deploymentTargets(manifest).map(({ account }) => account))];
}

/**
 * Who reads templates and code: the organization, or each account where the manifest names none.
 * @throws ReleaseError above 100 accounts without an organization
 */
export function cellReaders(manifest: Manifest): readonly IPrincipal[] {
  const { organization, account } = manifest.toolchain;
  if (organization !== undefined) return [new OrganizationPrincipal(organization)];
  const accounts = [...new Set([account, ...deploymentAccounts(manifest)])];
  refuseTooManyAccounts(accounts.length);
  return accounts.map((each) => new AccountPrincipal(each));
}

/** @throws ReleaseError */
export function refuseTooManyAccounts(accounts: number): void {
  if (accounts > MAXIMUM_NAMED_ACCOUNTS)
    throw new ReleaseError(
      `$.toolchain.organization: ${accounts} accounts do not fit into policies that name each (${MAXIMUM_NAMED_ACCOUNTS} at most); give the id of the AWS organization that all of them are in`,
    );
}
