import {
  CloudFormationClient,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { WalkError } from '../cli-error';
import type { OperatorAccess, StackPlace } from './operator-access';

export interface StackResource {
  readonly logicalId: string;
  /** Such as `AWS::Lambda::Function`. */
  readonly type: string;
  readonly physicalId: string;
}

/** Reads deployed stacks. */
export interface Stacks {
  /** Undefined when there is no such stack. */
  outputs(place: StackPlace): Promise<Readonly<Record<string, string>> | undefined>;
  resources(place: StackPlace): Promise<readonly StackResource[]>;
}

/** Stacks of CloudFormation, read as root of their accounts. */
export function cloudFormationStacks(access: OperatorAccess): Stacks {
  const using = async <T>(
    place: StackPlace,
    act: (client: CloudFormationClient) => Promise<T>,
  ): Promise<T> => {
    const client = new CloudFormationClient(access.clientConfig(place.account, place.region));
    try {
      return await act(client);
    } finally {
      client.destroy();
    }
  };
  return {
    outputs: (place) =>
      using(place, async (client) => {
        try {
          const { Stacks: found = [] } = await client.send(
            new DescribeStacksCommand({ StackName: place.stackName }),
          );
          const outputs = found[0]?.Outputs ?? [];
          return Object.fromEntries(
            outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
          );
        } catch (error) {
          if (/does not exist/.test((error as Error).message)) return undefined;
          throw error;
        }
      }),
    resources: (place) =>
      using(place, async (client) => {
        const { StackResources = [] } = await client.send(
          new DescribeStackResourcesCommand({ StackName: place.stackName }),
        );
        return StackResources.map(
          ({ LogicalResourceId = '', ResourceType = '', PhysicalResourceId = '' }) => ({
            logicalId: LogicalResourceId,
            type: ResourceType,
            physicalId: PhysicalResourceId,
          }),
        );
      }),
  };
}

/**
 * The one resource of a type whose logical id starts with `prefix`.
 *
 * @returns its physical id
 * @throws WalkError when there is none, or several
 */
export function onlyResource(
  resources: readonly StackResource[],
  type: string,
  prefix: string,
  stack: string,
): string {
  const found = resources.filter((one) => one.type === type && one.logicalId.startsWith(prefix));
  const [only] = found;
  if (only && found.length === 1) return only.physicalId;
  throw new WalkError(
    `stack "${stack}" holds ${found.length} resources ${type} named "${prefix}...", not one`,
  );
}
