import type { Environment, Manifest } from './manifest';
import { RolloutError } from './manifest-error';
import type { RolloutEngine } from './rollout-fields';

/** What carries a release: a CDK stage per tenant, or one template per tier and a state machine. */
export type PlannedEngine = Exclude<RolloutEngine, 'auto'>;

/** Up to here `auto` takes the pipeline engine: its template and policies stay well below their quotas. */
export const AUTO_PIPELINE_TENANTS = 50;
export const AUTO_PIPELINE_ACCOUNTS = 40;
/** Above this the pipeline's template and action count reach the quotas of CloudFormation and CodePipeline. */
export const MAXIMUM_PIPELINE_TENANTS = 250;

/** Parts of a manifest that the choice depends on. */
export type EngineInput = Pick<Manifest, 'toolchain' | 'controlPlane' | 'cells' | 'tenants' | 'rollout'>;

/** @throws RolloutError above 250 active silo tenants with `pipeline`. */
export function chooseEngine(manifest: EngineInput): PlannedEngine {
  const { engine } = manifest.rollout;
  const tenants = manifest.tenants.filter(({ state }) => state === 'active').length;
  if (engine === 'auto')
    return tenants > AUTO_PIPELINE_TENANTS || accountsOf(manifest) > AUTO_PIPELINE_ACCOUNTS
      ? 'distributed'
      : 'pipeline';
  if (engine === 'pipeline' && tenants > MAXIMUM_PIPELINE_TENANTS)
    throw new RolloutError(`$.rollout.engine: ${tooManyTenants(tenants)}; ${ENGINE_ADVICE}`);
  return engine;
}

export const ENGINE_ADVICE = 'set the engine to "distributed", or to "auto"';

export function tooManyTenants(tenants: number): string {
  return `the pipeline engine carries ${MAXIMUM_PIPELINE_TENANTS} silo tenants, not ${tenants}`;
}

function accountsOf({ toolchain, controlPlane, cells }: EngineInput): number {
  const places: readonly Environment[] = [toolchain, controlPlane, ...cells];
  return new Set(places.map(({ account }) => account)).size;
}
