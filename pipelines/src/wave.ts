import type { PoolTarget, RolloutPlan, TenantTarget } from '@granary/manifest';
import { type CodePipeline, ManualApprovalStep, type Wave } from 'aws-cdk-lib/pipelines';
import type { Construct } from 'constructs';
import { DeploymentStage, type StageProps } from './stage';
import type { ReleaseSteps } from './steps/release-steps';

export interface WaveProps extends StageProps {
  readonly scope: Construct;
  readonly pipeline: CodePipeline;
  readonly steps: ReleaseSteps;
}

/** Name that the control plane records for deployments that no wave of the manifest carries. */
export const POOLS_WAVE = 'pools';

/**
 * The pools, then the waves of the plan, in order. A wave without tenants adds nothing: a stage of CodePipeline
 * cannot be empty.
 */
export function addWaves(plan: RolloutPlan, props: WaveProps): void {
  if (plan.pools.length > 0) addWave('Pools', POOLS_WAVE, plan.pools, false, props);
  for (const { name, tenants, empty, approval } of plan.waves)
    if (!empty) addWave(`Wave-${name}`, name, tenants, approval, props);
}

function addWave(
  id: string,
  name: string,
  targets: readonly (PoolTarget | TenantTarget)[],
  approval: boolean,
  { scope, pipeline, steps, ...stageProps }: WaveProps,
): void {
  const wave: Wave = pipeline.addWave(id);
  if (approval)
    wave.addPre(new ManualApprovalStep('Approve', { comment: `Let the release into wave "${name}"?` }));
  for (const target of targets) {
    const stage = new DeploymentStage(scope, target, stageProps);
    wave.addStage(stage, { post: [steps.register(stage, name)] });
  }
}
