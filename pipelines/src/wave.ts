import type { PoolTarget, RolloutPlan, TenantTarget } from '@granary/manifest';
import { POOLS_WAVE, REMOVALS_WAVE } from '@granary/release';
import { type CodePipeline, ManualApprovalStep, type Wave } from 'aws-cdk-lib/pipelines';
import type { Construct } from 'constructs';
import { DeploymentStage, type StageProps } from './stage';
import type { ReleaseSteps } from './steps/release-steps';

export interface WaveProps extends StageProps {
  readonly scope: Construct;
  readonly pipeline: CodePipeline;
  readonly steps: ReleaseSteps;
}

/**
 * The pools, then the waves of the plan, in order. In pipeline mode a wave without tenants adds nothing: a stage of
 * CodePipeline cannot be empty. In distributed mode each wave is one run of the state machine, whoever is in it, so
 * that tenants come and go without a change of the pipeline.
 */
export function addWaves(plan: RolloutPlan, props: WaveProps): void {
  if (plan.pools.length > 0) addWave('Pools', POOLS_WAVE, plan.pools, false, props);
  for (const { name, tenants, empty, approval } of plan.waves)
    if (plan.engine === 'distributed') addDistributedWave(`Wave-${name}`, name, approval, props);
    else if (!empty) addWave(`Wave-${name}`, name, tenants, approval, props);
  if (plan.engine === 'distributed') addDistributedWave('Removals', REMOVALS_WAVE, false, props);
}

function addDistributedWave(
  id: string,
  name: string,
  approval: boolean,
  { pipeline, steps }: WaveProps,
): void {
  const wave = pipeline.addWave(id, { post: [steps.runWave(name)] });
  if (approval) wave.addPre(approvalOf(name));
}

function addWave(
  id: string,
  name: string,
  targets: readonly (PoolTarget | TenantTarget)[],
  approval: boolean,
  { scope, pipeline, steps, ...stageProps }: WaveProps,
): void {
  const wave: Wave = pipeline.addWave(id);
  if (approval) wave.addPre(approvalOf(name));
  for (const target of targets) {
    const stage = new DeploymentStage(scope, target, stageProps);
    wave.addStage(stage, { post: [steps.register(stage, name)] });
  }
}

function approvalOf(name: string): ManualApprovalStep {
  return new ManualApprovalStep('Approve', { comment: `Let the release into wave "${name}"?` });
}
