import { type Manifest, stackName } from '@granary/manifest';
import { WalkError } from '../cli-error';
import { reachableUrl } from './reachable-url';
import type { Stacks } from './stacks';
import type { PoolClient, PoolPlace } from './users';

/** Where the control plane answers, and its operators' user pool. */
export interface ControlPlane extends PoolPlace, PoolClient {
  readonly apiUrl: string;
}

/**
 * Finds the deployed control plane by its stack's outputs.
 *
 * @returns undefined when it was never deployed
 * @throws WalkError when the stack lacks an output
 */
export async function findControlPlane(
  stacks: Stacks,
  manifest: Manifest,
  endpoint: string,
): Promise<ControlPlane | undefined> {
  const { account, region } = manifest.controlPlane;
  const place = { account, region, stackName: stackName(manifest, 'control-plane') };
  const outputs = await stacks.outputs(place);
  // A stack whose first deployment failed has no outputs.
  if (!outputs || Object.keys(outputs).length === 0) return undefined;
  const output = (name: string): string => {
    const value = outputs[name];
    if (value) return value;
    throw new WalkError(`stack "${place.stackName}" has no output "${name}"`);
  };
  return {
    account,
    region,
    apiUrl: reachableUrl(output('ApiUrl'), endpoint),
    userPoolId: output('UserPoolId'),
    userPoolClientId: output('UserPoolClientId'),
  };
}
