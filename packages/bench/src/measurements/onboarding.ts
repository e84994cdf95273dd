import {
  cloudFormationStacks,
  cognitoUsers,
  ensureOperator,
  enterAsOperator,
  findControlPlane,
} from '@granary/cli';
import { allItems, type ControlClient } from '@granary/client';
import { tiersOf } from '@granary/manifest';
import { BenchError } from '../bench-error';
import type { CloudUnderTest } from '../cloud-under-test';
import type { Figure, Section } from '../figure';
import { percentile } from '../percentile';
import { type Registered, registerAll } from '../registration-run';
import { commandOf, type Measurement, type MeasurementContext, onCloud } from './measurement';

const ALONE = 40;
const TOGETHER = 200;
const CONCURRENCY = 50;

export const onboardingMeasurement: Measurement = {
  name: 'onboarding',
  summary: `pooled tenants, from request to active: ${ALONE} one at a time, ${TOGETHER} at ${CONCURRENCY} at a time`,
  run: (context) => onCloud(context, async (cloud) => [await measureOnboarding(cloud, context)]),
};

export async function measureOnboarding(
  cloud: CloudUnderTest,
  { say, signal }: Pick<MeasurementContext, 'say' | 'signal'>,
): Promise<Section> {
  const operator = await enter(cloud);
  const [tier] = tiersOf(await cloud.clone.manifest()).filter(({ model }) => model === 'pool');
  if (!tier) throw new BenchError('the manifest has no tier whose tenants share a pool');
  const register = (prefix: string, count: number, concurrency: number) => {
    const tenantIds = Array.from({ length: count }, (_, index) => `${prefix}-${index}`);
    return registerAll({ operator, tier: tier.name, tenantIds, concurrency, signal });
  };
  await register('warm', 4, 2);
  say(`registering ${ALONE} tenants, one at a time`);
  const alone = await register('alone', ALONE, 1);
  say(`registering ${TOGETHER} tenants, ${CONCURRENCY} at a time`);
  const began = performance.now();
  const together = await register('together', TOGETHER, CONCURRENCY);
  const minutes = (performance.now() - began) / 60_000;
  say('counting');
  const active = await activeTenants(operator);
  const all = [...alone, ...together];
  const lost = all.filter(({ tenantId }) => !active.has(tenantId));
  return {
    title: 'Onboarding',
    command: commandOf('onboarding'),
    figures: onboardingFigures({ alone, together, minutes, lost: lost.length }),
  };
}

export interface OnboardingRuns {
  readonly alone: readonly Registered[];
  readonly together: readonly Registered[];
  /** That those together took. */
  readonly minutes: number;
  /** Registrations whose tenant the control plane does not list as active. */
  readonly lost: number;
}

/** @throws BenchError when a registration did not succeed */
export function onboardingFigures({ alone, together, minutes, lost }: OnboardingRuns): readonly Figure[] {
  const failed = [...alone, ...together].filter(({ outcome }) => outcome !== 'succeeded');
  if (failed.length > 0)
    throw new BenchError(
      `${failed.length} registrations did not succeed, such as "${failed[0]?.tenantId}": ${failed[0]?.outcome}`,
    );
  const latency = (label: string, runs: readonly Registered[]): Figure[] =>
    [50, 99].map((rank) => ({
      what: `${label}: p${rank}`,
      value: percentile(
        runs.map(({ milliseconds }) => milliseconds),
        rank,
      ),
      unit: 'ms',
      note: `request to active, ${runs.length} tenants`,
    }));
  return [
    ...latency('1 at a time', alone),
    ...latency(`${CONCURRENCY} at a time`, together),
    {
      what: 'registrations sustained',
      value: together.length / minutes,
      unit: 'tenants/min',
      note: `${together.length} tenants, ${CONCURRENCY} under way at any moment`,
    },
    {
      what: 'requests sent again',
      value: [...alone, ...together].reduce((sum, { repeats }) => sum + repeats, 0),
      unit: 'requests',
      note: 'that had no answer, or 502 to 504',
    },
    {
      what: 'registrations lost',
      value: lost,
      unit: 'tenants',
      aim: 0,
      note: 'not listed as active afterwards',
    },
  ];
}

async function enter(cloud: CloudUnderTest): Promise<ControlClient> {
  const { engine } = await cloud.up();
  const manifest = await cloud.clone.manifest();
  const controlPlane = await findControlPlane(cloudFormationStacks(engine), manifest, engine.endpoint);
  if (!controlPlane) throw new BenchError('the control plane is not deployed');
  const users = cognitoUsers(engine);
  return (await enterAsOperator(users, controlPlane, await ensureOperator(users, controlPlane))).api;
}

async function activeTenants(operator: ControlClient): Promise<ReadonlySet<string>> {
  const tenants = await allItems(operator.listTenants, {}, {});
  return new Set(tenants.filter(({ status }) => status === 'active').map(({ tenantId }) => tenantId));
}
