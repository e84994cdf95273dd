import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CloudFormationClient, type Stack } from '@aws-sdk/client-cloudformation';
import { parse } from 'yaml';
import { createChangeSet, dropChangeSet, executeChangeSet } from '../pipeline/change-set';
import type { CloudAccess } from '../pipeline/cloud-access';
import { packageManifest } from '../pipeline/installed-package';
import { recoverStack } from '../pipeline/stack-recovery';
import type { CloudEnvironment } from './environments';

export const TOOLKIT_STACK = 'CDKToolkit';

/** What CloudFormation may do in an environment: as the CDK's documentation bootstraps it. */
const EXECUTION_POLICY = 'arn:aws:iam::aws:policy/AdministratorAccess';

/**
 * Bootstraps environments for the CDK: the template of the pinned CDK command line, deployed with CloudFormation
 * as root of each account, with the parameters of `cdk bootstrap --trust <toolchain>
 * --cloudformation-execution-policies AdministratorAccess`. An environment that has the same version and trust is
 * left alone.
 *
 * @returns the environments that were bootstrapped
 */
export async function bootstrap(
  cloud: CloudAccess,
  environments: readonly CloudEnvironment[],
  signal: AbortSignal,
): Promise<readonly CloudEnvironment[]> {
  const body = await readFile(bootstrapTemplate(), 'utf8');
  const version = templateVersion(body);
  const done = await Promise.all(
    environments.map(async (environment) =>
      (await bootstrapOne(cloud, environment, body, version, signal)) ? environment : undefined,
    ),
  );
  return done.filter((environment) => environment !== undefined);
}

async function bootstrapOne(
  cloud: CloudAccess,
  environment: CloudEnvironment,
  body: string,
  version: string,
  signal: AbortSignal,
): Promise<boolean> {
  const { account, region, trusts = '' } = environment;
  const client = new CloudFormationClient(cloud.clientConfig(account, region));
  try {
    const changeSet = { client, stackName: TOOLKIT_STACK, changeSetName: 'granary-local', signal };
    const existing = await recoverStack({ client, stackName: TOOLKIT_STACK, signal, tell: () => undefined });
    if (existing && isCurrent(existing, version, trusts)) return false;
    await dropChangeSet(changeSet);
    await createChangeSet(changeSet, existing ? 'UPDATE' : 'CREATE', {
      TemplateBody: body,
      Capabilities: ['CAPABILITY_NAMED_IAM'],
      Parameters: Object.entries({
        TrustedAccounts: trusts,
        CloudFormationExecutionPolicies: EXECUTION_POLICY,
        FileAssetsBucketKmsKeyId: 'AWS_MANAGED_KEY',
      }).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue })),
    });
    return (await executeChangeSet(changeSet)).changed;
  } finally {
    client.destroy();
  }
}

function isCurrent(stack: Stack, version: string, trusts: string): boolean {
  const deployed = stack.Outputs?.find((output) => output.OutputKey === 'BootstrapVersion')?.OutputValue;
  const trusted = stack.Parameters?.find((parameter) => parameter.ParameterKey === 'TrustedAccounts');
  return deployed === version && (trusted?.ParameterValue ?? '') === trusts;
}

/** The template that `cdk bootstrap` of the pinned version deploys. */
export function bootstrapTemplate(): string {
  const folder = dirname(packageManifest('aws-cdk'));
  return join(folder, 'lib', 'api', 'bootstrap', 'bootstrap-template.yaml');
}

function templateVersion(body: string): string {
  // CloudFormation's short tags (`!Ref`) are no matter here: only one literal is read.
  const template = parse(body, { logLevel: 'silent' }) as {
    Resources: { CdkBootstrapVersion: { Properties: { Value: unknown } } };
  };
  return String(template.Resources.CdkBootstrapVersion.Properties.Value);
}
