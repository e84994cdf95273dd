import { type PlannedDeployment, type ReleasePlan, releasePlanSchema } from '../plan/release-plan';

export function sampleDeployment(deploymentId: string, kind: 'pool' | 'silo' = 'silo'): PlannedDeployment {
  return {
    deploymentId,
    kind,
    account: '222222222222',
    region: 'us-east-1',
    stackName: `granary-${deploymentId}`,
    parameters: {},
  };
}

/** A pool, a canary wave of acme and globex, a last wave of initech. */
export function samplePlan(engine: ReleasePlan['engine'] = 'pipeline'): ReleasePlan {
  const wave = { minimumSamples: 20, parallelism: 10, tolerate: 0, approval: false };
  return releasePlanSchema.parse({
    application: 'granary',
    engine,
    pools: [sampleDeployment('pool-us', 'pool')],
    waves: [
      {
        ...wave,
        name: 'canary',
        index: 0,
        bakeMinutes: 60,
        deployments: [sampleDeployment('acme'), sampleDeployment('globex')],
      },
      { ...wave, name: 'empty', index: 1, bakeMinutes: 60, deployments: [] },
      { ...wave, name: 'everyone', index: 2, bakeMinutes: 15, deployments: [sampleDeployment('initech')] },
    ],
    removals: [],
  });
}
