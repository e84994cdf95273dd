import {
  CloudFormationClient,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { type CloudEndpoint, reachableApiUrls } from '@granary/local';
import { type Manifest, planRollout, stackName } from '@granary/manifest';
import { AttackError } from '../attack-error';

/** A deployed stack, as the root of its account sees it. */
export interface DeployedStack {
  readonly account: string;
  readonly region: string;
  readonly stackName: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** Physical id of the one resource of a type whose logical id starts so. @throws AttackError */
  resource(type: string, prefix: string): string;
}

/** One API with its users. */
export interface Deployed {
  readonly deploymentId: string;
  readonly stack: DeployedStack;
  readonly account: string;
  readonly region: string;
  readonly apiId: string;
  /** With a slash at the end. */
  readonly apiUrl: string;
  readonly userPoolId: string;
  readonly clientId: string;
}

/** An application stack: a pool or a silo. */
export interface Deployment extends Deployed {
  readonly kind: 'pool' | 'silo';
  readonly productTable: string;
  readonly orderTable: string;
  readonly tenantTable: string;
  /** Name of the authorizer's function. */
  readonly authorizer: string;
  readonly authorizerRole: string;
  readonly tenantRole: string;
  /** The execution roles of the services, which may touch no tenant's table. */
  readonly serviceRoles: readonly string[];
}

/** All that a release of the manifest made. */
export interface Release {
  readonly control: Deployed;
  readonly deployments: readonly Deployment[];
}

/** Reads what is deployed, as root. @throws AttackError when a stack is missing */
export async function readRelease(cloud: CloudEndpoint, manifest: Manifest): Promise<Release> {
  const plan = planRollout(manifest);
  const places = [...plan.pools, ...plan.waves.flatMap(({ tenants }) => tenants)];
  const { account, region } = manifest.controlPlane;
  const read = async (
    deploymentId: string,
    where: { account: string; region: string },
  ): Promise<Deployed> => {
    const stack = await readStack(cloud, { ...where, stackName: stackName(manifest, deploymentId) });
    const url = stack.outputs.ApiUrl ?? '';
    return {
      deploymentId,
      stack,
      account: where.account,
      region: where.region,
      apiId: /^https:\/\/([a-z0-9]+)\./.exec(url)?.[1] ?? '',
      apiUrl: reachableApiUrls(url, cloud.endpoint),
      userPoolId: stack.outputs.UserPoolId ?? '',
      clientId: stack.outputs.UserPoolClientId ?? '',
    };
  };
  const [control, ...rest] = await Promise.all([
    read('control-plane', { account, region }),
    ...places.map(async ({ id, kind, account, region }): Promise<Deployment> => {
      const deployed = await read(id, { account, region });
      const { resource, outputs } = deployed.stack;
      const role = (prefix: string) => `arn:aws:iam::${account}:role/${resource('AWS::IAM::Role', prefix)}`;
      return {
        ...deployed,
        kind,
        productTable: resource('AWS::DynamoDB::Table', 'TablesProduct'),
        orderTable: resource('AWS::DynamoDB::Table', 'TablesOrder'),
        tenantTable: outputs.TenantTableName ?? '',
        authorizer: resource('AWS::Lambda::Function', 'Authorizer'),
        authorizerRole: role('Authorizer'),
        tenantRole: role('TenantRole'),
        serviceRoles: [role('Product'), role('Order')],
      };
    }),
  ]);
  return { control, deployments: rest };
}

async function readStack(
  cloud: CloudEndpoint,
  { account, region, stackName }: { account: string; region: string; stackName: string },
): Promise<DeployedStack> {
  const client = new CloudFormationClient(cloud.clientConfig(account, region));
  try {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: stackName }));
    const { StackResources = [] } = await client.send(
      new DescribeStackResourcesCommand({ StackName: stackName }),
    );
    const outputs = (Stacks[0]?.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [
      OutputKey,
      OutputValue,
    ]);
    const resource = (type: string, prefix: string): string => {
      const found = StackResources.filter(
        (one) => one.ResourceType === type && one.LogicalResourceId?.startsWith(prefix),
      );
      const id = found[0]?.PhysicalResourceId;
      if (id && found.length === 1) return id;
      throw new AttackError(`stack "${stackName}" has ${found.length} ${type} named "${prefix}...", not one`);
    };
    return { account, region, stackName, outputs: Object.fromEntries(outputs), resource };
  } catch (cause) {
    if (cause instanceof AttackError) throw cause;
    throw new AttackError(`stack "${stackName}" is not deployed: ${(cause as Error).message}`, { cause });
  } finally {
    client.destroy();
  }
}
