import { type Manifest, siloOnboarding } from '@granary/manifest';
import { Stack } from 'aws-cdk-lib';
import { roleArn, sourceEditorRoleName } from '../../names';
import { acknowledge } from '../acknowledge';
import type { ServiceFunction } from '../service-function';

/** How the onboarding function is told of the manifest's repository. */
export function sourceEnvironment(manifest: Manifest, partition: string): Readonly<Record<string, string>> {
  const { application } = manifest;
  const settings = sourceSettings(manifest, partition);
  return {
    ...(settings ? { SOURCE: JSON.stringify(settings) } : {}),
    SOURCE_PARAMETER: sourceParameter(application),
    SILO_ONBOARDING: JSON.stringify(siloOnboarding(manifest)),
  };
}

/** SSM parameter that says, in place of the manifest, where its repository is. */
export function sourceParameter(application: string): string {
  return `/${application}/source`;
}

/** Secret that holds the token of the manifest's repository, in the control plane's account and region. */
export function sourceSecretName(application: string): string {
  return `${application}/source-token`;
}

/** Lets the onboarding function change the manifest: one parameter, one secret, one role in the toolchain's account. */
export function allowSource(onboarding: ServiceFunction, { application, toolchain }: Manifest): void {
  const { partition, region, account } = Stack.of(onboarding);
  onboarding.allow(
    ['ssm:GetParameter'],
    [`arn:${partition}:ssm:${region}:${account}:parameter${sourceParameter(application)}`],
  );
  // Six characters that Secrets Manager chooses end a secret's ARN.
  const secret = `secret:${sourceSecretName(application)}-??????`;
  onboarding.allow(
    ['secretsmanager:GetSecretValue'],
    [`arn:${partition}:secretsmanager:${region}:${account}:${secret}`],
  );
  onboarding.allow(
    ['sts:AssumeRole'],
    [roleArn(partition, toolchain.account, sourceEditorRoleName(application))],
  );
  acknowledge(
    onboarding.role,
    `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:secretsmanager:${region}:${account}:${secret}]`,
    'One secret by its name: the six characters behind it are chosen when it is made.',
  );
}

function sourceSettings({ application, toolchain }: Manifest, partition: string): object | undefined {
  const { source } = toolchain;
  const { repository, branch } = source;
  if (source.type === 'codecommit') {
    const editor = roleArn(partition, toolchain.account, sourceEditorRoleName(application));
    return { provider: 'codecommit', region: toolchain.region, repository, branch, roleArn: editor };
  }
  if (source.provider !== 'github') return undefined;
  return {
    provider: 'github',
    apiUrl: 'https://api.github.com',
    owner: source.owner,
    repository,
    branch,
    tokenSecretArn: sourceSecretName(application),
  };
}
