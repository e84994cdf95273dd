import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { AssumeRoleCommand, type STSClient } from '@aws-sdk/client-sts';
import { AwsStacks } from './aws-stacks';
import type { Stacks } from './stacks';

/** An account and a region. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

/** The qualifier of the CDK's bootstrap. */
export const BOOTSTRAP_QUALIFIER = 'hnb659fds';

/** A role of the CDK's bootstrap: who deploys, and what CloudFormation works as. */
export function bootstrapRoleArn(
  partition: string,
  role: 'deploy' | 'cfn-exec',
  { account, region }: Place,
): string {
  return `arn:${partition}:iam::${account}:role/cdk-${BOOTSTRAP_QUALIFIER}-${role}-role-${account}-${region}`;
}

export interface DeployRoleOptions {
  readonly sts: STSClient;
  /** @default 'aws' */
  readonly partition?: string;
}

const SESSION_SECONDS = 3600;

/**
 * CloudFormation in an account and region, as the bootstrap's deploy role there. Sessions are kept while the
 * function's environment lives; the client asks for another before one ends.
 */
export function stacksByDeployRole({ sts, partition = 'aws' }: DeployRoleOptions): (place: Place) => Stacks {
  const known = new Map<string, Stacks>();
  return (place) => {
    const key = `${place.account}/${place.region}`;
    const found = known.get(key);
    if (found) return found;
    const RoleArn = bootstrapRoleArn(partition, 'deploy', place);
    const client = new CloudFormationClient({
      region: place.region,
      maxAttempts: 3,
      credentials: async () => {
        const { Credentials } = await sts.send(
          new AssumeRoleCommand({
            RoleArn,
            RoleSessionName: 'granary-release',
            DurationSeconds: SESSION_SECONDS,
          }),
        );
        return {
          accessKeyId: Credentials?.AccessKeyId ?? '',
          secretAccessKey: Credentials?.SecretAccessKey ?? '',
          sessionToken: Credentials?.SessionToken ?? '',
          ...(Credentials?.Expiration ? { expiration: Credentials.Expiration } : {}),
        };
      },
    });
    const stacks = new AwsStacks(client, bootstrapRoleArn(partition, 'cfn-exec', place));
    known.set(key, stacks);
    return stacks;
  };
}
