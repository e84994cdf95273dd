import type { PlannedEngine } from '../engine';

/** What the size of the pipeline depends on. */
export interface PipelineInput {
  readonly engine: PlannedEngine;
  readonly pools: number;
  /** Waves that are released, in order. */
  readonly waves: readonly { readonly tenants: number; readonly approval: boolean }[];
}

export interface PipelineShape {
  readonly stages: number;
  readonly actions: number;
  readonly actionsOfLargestStage: number;
  readonly templateBytes: number;
}

/** The CDK begins another stage after these. */
const ACTIONS_OF_A_STAGE = 50;
/** Source, Build, UpdatePipeline, Assets, control plane, release engine. */
const COMMON_STAGES = 6;
const COMMON_ACTIONS = 14;
/** A change set, its execution, and the registration of what it made. */
const ACTIONS_OF_A_DEPLOYMENT = 3;
/** Deploys the wave in distributed mode; watches it in both. */
const ACTIONS_OF_A_GATE = 1;
const COMMON_BYTES = 60_000;
const BYTES_OF_A_WAVE = 3000;
const BYTES_OF_A_DEPLOYMENT = 3400;

/**
 * How large the pipeline of a plan is, at most: its stages with what fills them, and its template without
 * indentation. A test of `pipelines` holds this against synthesized pipelines.
 */
export function pipelineShape({ engine, pools, waves }: PipelineInput): PipelineShape {
  const inPipeline = engine === 'pipeline';
  const stages = [
    ...(pools > 0 ? [pools * ACTIONS_OF_A_DEPLOYMENT + ACTIONS_OF_A_GATE] : []),
    ...waves
      .filter(({ tenants }) => !inPipeline || tenants > 0)
      .map(
        ({ tenants, approval }) =>
          (inPipeline ? tenants * ACTIONS_OF_A_DEPLOYMENT : 0) + ACTIONS_OF_A_GATE + (approval ? 1 : 0),
      ),
  ];
  const deployments = pools + (inPipeline ? waves.reduce((sum, { tenants }) => sum + tenants, 0) : 0);
  return {
    stages: COMMON_STAGES + stages.reduce((sum, actions) => sum + Math.ceil(actions / ACTIONS_OF_A_STAGE), 0),
    actions: COMMON_ACTIONS + stages.reduce((sum, actions) => sum + actions, 0),
    actionsOfLargestStage: Math.min(ACTIONS_OF_A_STAGE, Math.max(0, ...stages)),
    templateBytes: COMMON_BYTES + stages.length * BYTES_OF_A_WAVE + deployments * BYTES_OF_A_DEPLOYMENT,
  };
}
