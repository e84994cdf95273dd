import * as fc from 'fast-check';
import type { PlannedDeployment, ReleasePlan } from '../plan/release-plan';
import { REMOVALS_WAVE, WavePlanError, waveOrders } from './wave-orders';

const silo = (deploymentId: string, account: string, templateDigest?: string): PlannedDeployment => ({
  ...{ deploymentId, kind: 'silo', account, region: 'us-east-1', stackName: `granary-${deploymentId}` },
  ...(templateDigest === undefined ? {} : { templateDigest }),
  parameters: { DeploymentId: deploymentId },
});
const plan = (
  deployments: readonly PlannedDeployment[],
  removals: readonly PlannedDeployment[] = [],
): ReleasePlan => ({
  application: 'granary',
  engine: 'distributed',
  pools: [],
  waves: [
    {
      ...{ name: 'canary', index: 0, bakeMinutes: 1, minimumSamples: 1, parallelism: 3, tolerate: 2 },
      ...{ approval: false, deployments: [...deployments] },
    },
  ],
  removals: [...removals],
});
const RUN = { runId: 'run-1', release: 'abcdef0', wave: 'canary' };

test('every deployment of a wave gets one order, and places alternate', () => {
  void fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 60 }), (places) => {
      const deployments = places.map((place, index) => silo(`t-${index}`, `account-${place}`, 'digest'));
      const { orders, maxConcurrency, tolerated } = waveOrders(plan(deployments), RUN);
      expect(orders.map(({ deploymentId }) => deploymentId).sort()).toEqual(
        deployments.map(({ deploymentId }) => deploymentId).sort(),
      );
      const distinct = new Set(places).size;
      expect(maxConcurrency).toBe(Math.max(1, 3 * distinct));
      expect(tolerated).toBe(2);
      // The first of each place come before the second of any.
      expect(new Set(orders.slice(0, distinct).map(({ account }) => account)).size).toBe(distinct);
    }),
  );
});

test('a run that was resumed for some deployments orders these alone', () => {
  const deployments = ['one', 'two', 'three'].map((id) => silo(id, 'a', 'digest'));
  const { orders } = waveOrders(plan(deployments), { ...RUN, only: ['two'] });
  expect(orders).toEqual([
    expect.objectContaining({ deploymentId: 'two', purpose: 'release', runId: 'run-1' }),
  ]);
  expect(orders[0]).not.toHaveProperty('only');
});

test('silos on their way out are ordered to be deleted, and none that must stay stops the release', () => {
  const { orders, tolerated } = waveOrders(plan([], [silo('gone', 'a')]), { ...RUN, wave: REMOVALS_WAVE });
  expect(orders).toEqual([expect.objectContaining({ deploymentId: 'gone', purpose: 'delete' })]);
  expect(tolerated).toBe(1);
});

test('a wave that the plan has not, and one that the pipeline deploys, are refused', () => {
  expect(() => waveOrders(plan([]), { ...RUN, wave: 'late' })).toThrow(
    /wave "late" is none of the plan's \(canary\)/,
  );
  expect(() => waveOrders(plan([silo('one', 'a')]), RUN)).toThrow(WavePlanError);
});
