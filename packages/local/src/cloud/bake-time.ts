import { ParameterAlreadyExists, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { CloudAccess } from '../pipeline/cloud-access';
import type { CloudEnvironments } from './environments';

/** How long a minute of baking, or of a rule's wait for an alarm, takes here: an hour passes in three seconds. */
export const SECONDS_PER_BAKE_MINUTE = 0.05;

/**
 * Tells the release engine how long a minute of baking is, in the toolchain's account: the one setting in which a
 * release here differs from one on AWS. A value that is there already stays.
 */
export async function shortenBakes(cloud: CloudAccess, environments: CloudEnvironments): Promise<void> {
  const { application, toolchain } = environments;
  const client = new SSMClient(cloud.clientConfig(toolchain.account, toolchain.region));
  try {
    await client.send(
      new PutParameterCommand({
        Name: `/${application}/release/seconds-per-bake-minute`,
        Description: 'Seconds that a minute of baking takes',
        Type: 'String',
        Value: String(SECONDS_PER_BAKE_MINUTE),
      }),
    );
  } catch (error) {
    if (!(error instanceof ParameterAlreadyExists)) throw error;
  } finally {
    client.destroy();
  }
}
