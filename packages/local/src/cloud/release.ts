import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { CodePipelineClient } from '@aws-sdk/client-codepipeline';
import { loadManifest } from '@granary/manifest';
import { checkOut } from '../git/checkout';
import { git } from '../git/git';
import { outcomeOf } from '../pipeline/action-run';
import type { BuildImage } from '../pipeline/build-image';
import type { CloudAccess } from '../pipeline/cloud-access';
import { ActionFailedError } from '../pipeline/errors';
import { ActionLog } from '../pipeline/log-file';
import type { Providers } from '../pipeline/providers';
import type { RunWork } from '../pipeline/release-queue';
import { Run, type RunEnd } from '../pipeline/run';
import type { RunProgress } from '../pipeline/run-progress';
import type { RunStore } from '../pipeline/run-record';
import { type PipelineAddress, readPipeline } from '../pipeline/structure';
import { bootstrap } from './bootstrap';
import { type CloudEnvironments, environmentsOf } from './environments';
import { deployPipelineStack, findPipeline, pipelineStackName } from './first-deployment';

export const PREPARATION_STAGE = 'Preparation';
const FIRST_DEPLOYMENT = 'first-deployment';

export interface ReleaseOptions {
  readonly cloud: CloudAccess;
  readonly store: RunStore;
  readonly providers: Providers;
  readonly image: BuildImage;
  readonly remote: string;
  readonly workspace: string;
  readonly cdkFolder: string;
}

/**
 * Releases one commit: prepares what a person does once by hand on AWS (bootstraps environments that the commit's
 * manifest adds, deploys the pipeline's own stack when there is none), then executes the deployed pipeline, or what
 * `work` wants of it.
 */
export async function release(
  options: ReleaseOptions,
  progress: RunProgress,
  signal: AbortSignal,
  work: RunWork,
): Promise<RunEnd> {
  try {
    const address = await prepare(options, progress, signal);
    // A release's own source action does this.
    if (work.type !== 'release') await checkOut({ ...options, commit: progress.record.commit, signal });
    const client = new CodePipelineClient(
      options.cloud.clientConfig(address.account, address.region) as object,
    );
    try {
      const { store, providers, cloud } = options;
      const readStructure = () => readPipeline(client, address);
      const run = new Run({ progress, store, providers, cloud, readStructure, signal });
      if (work.type === 'retry') return await run.retry(work.stage, work.mode);
      return await (work.type === 'rollback' ? run.rollback(work.stage, work.to) : run.execute());
    } finally {
      client.destroy();
    }
  } catch (error) {
    return { outcome: outcomeOf(error, signal) };
  }
}

async function prepare(
  options: ReleaseOptions,
  progress: RunProgress,
  signal: AbortSignal,
): Promise<PipelineAddress> {
  const { cloud, remote } = options;
  const { commit } = progress.record;
  const text = await git(remote, ['show', `${commit}:tenants.json`], { signal });
  const environments = environmentsOf(loadManifest(text));
  await bootstrap(cloud, environments.all, signal);
  const deployed = await findPipeline(cloud, environments, signal);
  if (deployed) return deployed;
  await firstDeployment(options, environments, progress, signal);
  const address = await findPipeline(cloud, environments, signal);
  if (address) return address;
  throw new ActionFailedError(`"cdk deploy" left no stack "${pipelineStackName(environments)}"`);
}

async function firstDeployment(
  options: ReleaseOptions,
  environments: CloudEnvironments,
  progress: RunProgress,
  signal: AbortSignal,
): Promise<void> {
  const { store, remote, workspace } = options;
  const { runId } = progress;
  const stage = PREPARATION_STAGE;
  const action = FIRST_DEPLOYMENT;
  progress.addStage({
    name: stage,
    state: { status: 'pending' },
    actions: [{ name: action, provider: 'cdk deploy', state: { status: 'pending' } }],
  });
  await progress.stageStarted(stage);
  await progress.actionStarted(stage, action);
  const log = new ActionLog(store.logFile(runId, stage, action), (line) =>
    progress.emit({ type: 'action-output', runId, stage, action, line }),
  );
  const scratch = join(store.runFolder(runId), 'builds', stage);
  await mkdir(scratch, { recursive: true });
  try {
    await checkOut({ remote, workspace, commit: progress.record.commit, signal });
    await deployPipelineStack({ ...options, environments, scratch, log, signal });
    await log.close();
    await progress.actionEnded(stage, action, { status: 'succeeded' }, pipelineStackName(environments));
    await progress.stageEnded(stage, { status: 'succeeded' });
  } catch (error) {
    await log.close();
    const outcome = outcomeOf(error, signal);
    await progress.actionEnded(stage, action, outcome);
    await progress.stageEnded(stage, outcome);
    throw error;
  }
}
