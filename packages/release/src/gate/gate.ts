import type { AlarmGate } from '@granary/manifest';
import type { HaltGate } from './halt-gate';
import type { DeploymentWatch, Watch } from './watch';
import { samplesOf } from './watch-wave';

/** Looks in a row at a deployment that may fail before it counts as unwatched. */
export const MISSED_LOOKS = 3;

/** Failed canary requests of one deployment that are put up with: a first one, and a hundredth of all. */
export const CANARY_TOLERANCE = { failures: 1, share: 0.01 } as const;

export interface GateSettings {
  /** Deployments of the wave that may fail to deploy. */
  readonly tolerate: number;
  readonly minimumSamples: number;
  readonly alarms: AlarmGate;
  /** When the wave has been watched long enough. */
  readonly bakeEndsAt: Date;
  /** When it has been watched for samples or alarms' data long enough, and halts. */
  readonly extendedUntil: Date;
  /**
   * Until then a red alarm is waited for: what a rollback takes away may be why it rings. @default red halts at once
   */
  readonly redUntil?: Date;
}

export interface GateInput {
  readonly settings: GateSettings;
  readonly watch: Watch;
  /** Deployments that did not take the release, with the reason of each. */
  readonly failed: readonly { readonly deploymentId: string; readonly reason: string }[];
  readonly now: Date;
  /** Somebody wants the wave halted. @default nobody does */
  readonly haltOrdered?: { readonly by: string; readonly reason: string };
}

export type Verdict =
  | { readonly kind: 'bake'; readonly reason: string }
  | { readonly kind: 'pass'; readonly reason: string; readonly reported: readonly string[] }
  | {
      readonly kind: 'halt';
      readonly gate: HaltGate;
      readonly reason: string;
      /** @default it is not about one deployment */
      readonly deploymentId?: string;
      /** @default it is not about an alarm */
      readonly alarm?: string;
    };

type Halt = Extract<Verdict, { kind: 'halt' }>;

/**
 * Whether a wave goes on being watched, has passed or halts the release. What is red halts at any moment; time
 * and samples are waited for. Pure: the same look gives the same verdict.
 */
export function judge(input: GateInput): Verdict {
  const { settings, watch, now } = input;
  const red =
    ordered(input) ?? failedDeployments(input) ?? redAlarm(input) ?? failingCanary(input) ?? unwatched(input);
  if (red) return red;
  if (now < settings.bakeEndsAt)
    return { kind: 'bake', reason: `watched until ${settings.bakeEndsAt.toISOString()}` };
  return missedLook(input) ?? missingData(input) ?? missingSamples(input) ?? passed(settings, watch);
}

function ordered({ haltOrdered }: GateInput): Halt | undefined {
  if (!haltOrdered) return undefined;
  return { kind: 'halt', gate: 'operator', reason: `${haltOrdered.by} halted it: ${haltOrdered.reason}` };
}

function failedDeployments({ settings, failed }: GateInput): Halt | undefined {
  const [first] = failed;
  if (!first || failed.length <= settings.tolerate) return undefined;
  const others = failed.length === 1 ? '' : `; ${failed.length} failed, ${settings.tolerate} are tolerated`;
  return {
    kind: 'halt',
    gate: 'deployment',
    deploymentId: first.deploymentId,
    reason: `deployment "${first.deploymentId}": ${first.reason}${others}`,
  };
}

function redAlarm({ settings, watch, now }: GateInput): Halt | undefined {
  if (settings.alarms.onRed === 'report') return undefined;
  if (settings.redUntil !== undefined && now < settings.redUntil) return undefined;
  for (const [deploymentId, { red }] of entriesOf(watch))
    for (const alarm of red)
      return {
        kind: 'halt',
        gate: 'alarm',
        deploymentId,
        alarm,
        reason: `deployment "${deploymentId}": alarm "${alarm}" is red`,
      };
  return undefined;
}

function failingCanary({ watch }: GateInput): Halt | undefined {
  for (const [deploymentId, { requests, failed, failures }] of entriesOf(watch)) {
    if (failed <= Math.max(CANARY_TOLERANCE.failures, CANARY_TOLERANCE.share * requests)) continue;
    const last = failures.at(-1);
    return {
      kind: 'halt',
      gate: 'canary',
      deploymentId,
      reason: `deployment "${deploymentId}": ${failed} of ${requests} canary requests failed${last ? `, the last one ${last.operation}: ${last.reason}` : ''}`,
    };
  }
  return undefined;
}

function unwatched({ watch }: GateInput): Halt | undefined {
  for (const [deploymentId, { missed, missedFor }] of entriesOf(watch))
    if (missed >= MISSED_LOOKS)
      return {
        kind: 'halt',
        gate: 'watch',
        deploymentId,
        reason: `deployment "${deploymentId}" could not be watched ${missed} times in a row: ${missedFor ?? 'no reason known'}`,
      };
  return undefined;
}

/** A wave passes on what was seen, not on what could not be: the next look tells, or counts as missed too. */
function missedLook({ settings, watch, now }: GateInput): Verdict | undefined {
  const found = entriesOf(watch).find(([, { missed }]) => missed > 0);
  if (!found) return undefined;
  const [deploymentId, { missedFor }] = found;
  const reason = `deployment "${deploymentId}" could not be watched: ${missedFor ?? 'no reason known'}`;
  return now < settings.extendedUntil
    ? { kind: 'bake', reason }
    : { kind: 'halt', gate: 'watch', deploymentId, reason };
}

function missingData({ settings, watch, now }: GateInput): Verdict | undefined {
  if (settings.alarms.insufficientData === 'ignore') return undefined;
  for (const [deploymentId, { silent }] of entriesOf(watch))
    for (const alarm of silent) {
      const reason = `deployment "${deploymentId}": alarm "${alarm}" has no data`;
      return now < settings.extendedUntil
        ? { kind: 'bake', reason }
        : { kind: 'halt', gate: 'no-data', deploymentId, alarm, reason };
    }
  return undefined;
}

function missingSamples({ settings, watch, now }: GateInput): Verdict | undefined {
  const { minimumSamples, extendedUntil } = settings;
  const samples = samplesOf(watch);
  if (samples >= minimumSamples) return undefined;
  const reason = `${samples} of ${minimumSamples} requests seen`;
  if (now < extendedUntil) return { kind: 'bake', reason };
  return {
    kind: 'halt',
    gate: 'samples',
    reason: `only ${reason} by ${extendedUntil.toISOString()}: too few to tell that the release is good`,
  };
}

function passed(settings: GateSettings, watch: Watch): Verdict {
  const reported = entriesOf(watch).flatMap(([deploymentId, { red }]) =>
    red.map(
      (alarm) => `deployment "${deploymentId}": alarm "${alarm}" is red, and the wave only reports alarms`,
    ),
  );
  return {
    kind: 'pass',
    reason: `watched until ${settings.bakeEndsAt.toISOString()}, ${samplesOf(watch)} requests seen`,
    reported,
  };
}

/** By id, so that of several faults always the same one is told. */
function entriesOf(watch: Watch): readonly (readonly [string, DeploymentWatch])[] {
  return Object.entries(watch).sort(([one], [other]) => (one < other ? -1 : 1));
}
