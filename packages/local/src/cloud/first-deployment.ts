import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CloudFormationClient, DescribeStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { toolEnvironment } from '../pipeline/build-environment';
import type { BuildImage } from '../pipeline/build-image';
import type { CloudAccess } from '../pipeline/cloud-access';
import { ReleaseError } from '../pipeline/errors';
import type { ActionLog } from '../pipeline/log-file';
import { runShellBuild } from '../pipeline/shell-build';
import { recoverStack } from '../pipeline/stack-recovery';
import type { PipelineAddress } from '../pipeline/structure';
import type { CloudEnvironments } from './environments';

const FIRST_DEPLOYMENT_MS = 15 * 60 * 1000;

export interface FirstDeploymentOptions {
  readonly cloud: CloudAccess;
  readonly environments: CloudEnvironments;
  readonly image: BuildImage;
  /** A checkout of the pushed commit. */
  readonly workspace: string;
  /** The CDK application's folder in it. */
  readonly cdkFolder: string;
  readonly scratch: string;
  readonly log: ActionLog;
  readonly signal: AbortSignal;
}

export function pipelineStackName({ application }: Pick<CloudEnvironments, 'application'>): string {
  return `${application}-pipeline`;
}

/** The pipeline that the toolchain's stack holds, or undefined when that stack was never deployed. */
export async function findPipeline(
  cloud: CloudAccess,
  environments: CloudEnvironments,
  signal: AbortSignal,
): Promise<PipelineAddress | undefined> {
  const { account, region } = environments.toolchain;
  const stackName = pipelineStackName(environments);
  const client = new CloudFormationClient(cloud.clientConfig(account, region));
  try {
    const stack = await recoverStack({ client, stackName, signal, tell: () => undefined });
    if (!stack) return undefined;
    const { StackResources = [] } = await client.send(
      new DescribeStackResourcesCommand({ StackName: stackName }),
    );
    const pipelines = StackResources.filter(
      ({ ResourceType }) => ResourceType === 'AWS::CodePipeline::Pipeline',
    );
    const name = pipelines[0]?.PhysicalResourceId;
    if (!name || pipelines.length > 1)
      throw new ReleaseError(
        `stack "${stackName}" holds ${pipelines.length} pipelines; the local cloud releases through exactly one`,
      );
    return { name, account, region };
  } finally {
    client.destroy();
  }
}

/**
 * Deploys the pipeline's stack for the first time, with the commands that the documentation gives for AWS: install,
 * `cdk deploy <application>-pipeline` as an administrator of the toolchain account.
 */
export async function deployPipelineStack(options: FirstDeploymentOptions): Promise<void> {
  const { cloud, environments, workspace, cdkFolder, scratch, image, log, signal } = options;
  const { account, region } = environments.toolchain;
  const buildBin = join(scratch, 'bin');
  await mkdir(buildBin, { recursive: true });
  const { credentials } = cloud.clientConfig(account, region);
  const stack = pipelineStackName(environments);
  await runShellBuild({
    phases: [
      { name: 'install', commands: await installCommands(workspace), finally: [] },
      {
        name: 'build',
        commands: [`cd '${cdkFolder}'`, `pnpm exec cdk deploy ${stack} --require-approval never`],
        finally: [],
      },
    ],
    folder: workspace,
    environment: toolEnvironment({ path: image.path(buildBin), buildBin, cloud, region, credentials }),
    scratch: join(scratch, 'phases'),
    log,
    signal,
    timeoutMs: FIRST_DEPLOYMENT_MS,
  });
}

/** The workspace's pinned pnpm, then its packages. */
async function installCommands(workspace: string): Promise<readonly string[]> {
  const { packageManager = '' } = JSON.parse(await readFile(join(workspace, 'package.json'), 'utf8')) as {
    packageManager?: string;
  };
  const pinned = /^(pnpm@\d+\.\d+\.\d+)/.exec(packageManager)?.[1];
  const install = 'pnpm install --frozen-lockfile --prefer-offline';
  return pinned ? [`npm install -g ${pinned}`, install] : [install];
}
