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
  const tenants = activeTenants(manifest);
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

/** Why it is the one that `chooseEngine` takes. */
export function explainEngine(manifest: EngineInput): string {
  const { engine } = manifest.rollout;
  if (engine !== 'auto') return `the manifest says "${engine}"`;
  const [tenants, accounts] = [activeTenants(manifest), accountsOf(manifest)];
  if (tenants > AUTO_PIPELINE_TENANTS)
    return `${tenants} silo tenants are more than the ${AUTO_PIPELINE_TENANTS} up to which "auto" takes the pipeline`;
  if (accounts > AUTO_PIPELINE_ACCOUNTS)
    return `${accounts} accounts are more than the ${AUTO_PIPELINE_ACCOUNTS} up to which "auto" takes the pipeline`;
  return `"auto" takes the pipeline up to ${AUTO_PIPELINE_TENANTS} silo tenants and ${AUTO_PIPELINE_ACCOUNTS} accounts: there are ${tenants} and ${accounts}`;
}

function activeTenants({ tenants }: EngineInput): number {
  return tenants.filter(({ state }) => state === 'active').length;
}

function accountsOf({ toolchain, controlPlane, cells, tenants }: EngineInput): number {
  const places: readonly Partial<Environment>[] = [toolchain, controlPlane, ...cells, ...tenants];
  return new Set(places.flatMap(({ account }) => account ?? [])).size;
}
