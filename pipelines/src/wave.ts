import type { PoolTarget, RolloutPlan, TenantTarget } from '@granary/manifest';
import { POOLS_WAVE, REMOVALS_WAVE } from '@granary/release';
import { type CodePipeline, ManualApprovalStep, type Wave } from 'aws-cdk-lib/pipelines';
import type { Construct } from 'constructs';
import type { GatedStage } from './release/stage-conditions';
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
 * that tenants come and go without a change of the pipeline. Stacks of tenants that left go by the state machine in
 * both. A wave that is skipped is in neither: its stacks stay as
 * they are. Gives the stages that have a gate.
 */
export function addWaves(plan: RolloutPlan, props: WaveProps): readonly GatedStage[] {
  const stages: GatedStage[] = [];
  if (plan.pools.length > 0) stages.push(addWave('Pools', POOLS_WAVE, plan.pools, false, props));
  for (const { name, tenants, empty, approval } of plan.waves.filter(({ skip }) => !skip))
    if (plan.engine === 'distributed') stages.push(addDistributedWave(`Wave-${name}`, name, approval, props));
    else if (!empty) stages.push(addWave(`Wave-${name}`, name, tenants, approval, props));
  if (plan.engine === 'distributed' || plan.offboarding.length > 0)
    addDistributedWave('Removals', REMOVALS_WAVE, false, props);
  return stages;
}

function addDistributedWave(
  id: string,
  name: string,
  approval: boolean,
  { pipeline, steps }: WaveProps,
): GatedStage {
  const wave = pipeline.addWave(id, { post: [steps.runWave(name)] });
  if (approval) wave.addPre(approvalOf(name));
  return { wave: name, names: [id] };
}

function addWave(
  id: string,
  name: string,
  targets: readonly (PoolTarget | TenantTarget)[],
  approval: boolean,
  { scope, pipeline, steps, ...stageProps }: WaveProps,
): GatedStage {
  const wave: Wave = pipeline.addWave(id, { post: [steps.runWave(name)] });
  if (approval) wave.addPre(approvalOf(name));
  for (const target of targets) {
    const stage = new DeploymentStage(scope, target, stageProps);
    wave.addStage(stage, { post: [steps.register(stage, name)] });
  }
  return { wave: name, names: [id, ...targets.map((target) => target.id)] };
}

function approvalOf(name: string): ManualApprovalStep {
  return new ManualApprovalStep('Approve', { comment: `Let the release into wave "${name}"?` });
}
