import { ALARM_CONSEQUENCES, type AlarmGate, MISSING_DATA_TREATMENTS } from '@granary/manifest';
import * as z from 'zod';
import { type PlannedDeployment, POOLS_WAVE, type ReleasePlan } from '../plan/release-plan';
import { UnknownReleaseError } from '../release-error';

/** A wave as the gates see it: the pools are one too. */
export interface GatedWave {
  readonly name: string;
  /** From 0, the pools first. */
  readonly index: number;
  readonly bakeMinutes: number;
  readonly minimumSamples: number;
  readonly tolerate: number;
  readonly parallelism: number;
  readonly alarms: AlarmGate;
  readonly deployments: readonly PlannedDeployment[];
  /** Whether the state machine deploys it; else the pipeline's stage has. */
  readonly distributed: boolean;
}

const gatesSchema = z.object({
  alarms: z
    .object({
      onRed: z.enum(ALARM_CONSEQUENCES).default('halt'),
      insufficientData: z.enum(MISSING_DATA_TREATMENTS).default('ignore'),
      blockEntry: z.boolean().default(true),
    })
    .prefault({}),
});

/** Pools come before every wave, so they are watched as the first one is, and none of them may fail. */
const POOLS_PARALLELISM = 10;

/** The waves of a release that hold a deployment, the pools first. */
export function gatedWaves(plan: ReleasePlan): readonly GatedWave[] {
  const [first] = plan.waves;
  const pools =
    plan.pools.length > 0 && first
      ? [
          {
            ...first,
            name: POOLS_WAVE,
            deployments: plan.pools,
            tolerate: 0,
            parallelism: POOLS_PARALLELISM,
            distributed: false,
            ...gatesSchema.parse(first),
          },
        ]
      : [];
  const waves = plan.waves
    .filter(({ deployments }) => deployments.length > 0)
    .map((wave) => ({ ...wave, distributed: plan.engine === 'distributed', ...gatesSchema.parse(wave) }));
  return [...pools, ...waves].map((wave, index) => ({
    name: wave.name,
    index,
    bakeMinutes: wave.bakeMinutes,
    minimumSamples: wave.minimumSamples,
    tolerate: wave.tolerate,
    parallelism: wave.parallelism,
    alarms: wave.alarms,
    deployments: wave.deployments,
    distributed: wave.distributed,
  }));
}

/** Whether a wave of the plan holds nothing: a pipeline that is the same for any tenants has its stage all the same. */
export function holdsNothing({ waves }: ReleasePlan, name: string): boolean {
  return waves.some((wave) => wave.name === name && wave.deployments.length === 0);
}

/** @throws UnknownReleaseError */
export function gatedWave(plan: ReleasePlan, name: string): GatedWave {
  const waves = gatedWaves(plan);
  const wave = waves.find((each) => each.name === name);
  if (wave) return wave;
  throw new UnknownReleaseError(
    `the plan has no wave "${name}" with deployments; it has ${waves.map((each) => each.name).join(', ') || 'none'}`,
  );
}
