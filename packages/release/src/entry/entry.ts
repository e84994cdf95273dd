import { type Freeze, type ReleaseWindow, releaseTime } from '@granary/manifest';
import type { Run } from '../run/run';
import type { Override } from './override';

/** What keeps a release out of a wave. */
export const ENTRY_GATES = ['ended', 'halted-run', 'freeze', 'window', 'alarm', 'watch'] as const;
export type EntryGate = (typeof ENTRY_GATES)[number];

/** What an override cannot lift: a run that somebody ended, or that another one's halt concerns. */
const FINAL: readonly EntryGate[] = ['ended', 'halted-run'];

export interface EntryInput {
  readonly now: Date;
  readonly wave: string;
  readonly run: Run;
  /** All other runs that are halted. */
  readonly halted: readonly Run[];
  readonly windows: readonly ReleaseWindow[];
  readonly freeze: readonly Freeze[];
  /** Alarms of the wave's deployments that are red. @default those of none are looked at */
  readonly redAlarms: readonly { readonly deploymentId: string; readonly alarm: string }[];
  /** Why the alarms could not be read. @default they could */
  readonly unwatched?: string;
  /** Emergency overrides, whatever their time. */
  readonly overrides: readonly Override[];
}

export type Entry =
  | {
      readonly kind: 'admitted';
      readonly overridden?: { readonly override: Override; readonly reason: string };
    }
  | { readonly kind: 'refused'; readonly gate: EntryGate; readonly reason: string };

type Refusal = Extract<Entry, { kind: 'refused' }>;

/** Whether a run may enter a wave now, and if not, why. An override in force lifts all but what ends a run. */
export function enter(input: EntryInput): Entry {
  const refusal = ended(input) ?? haltedRun(input) ?? closed(input) ?? alarmed(input);
  if (!refusal) return { kind: 'admitted' };
  if (FINAL.includes(refusal.gate)) return refusal;
  const override = input.overrides.find(({ createdAt, expiresAt }) => {
    const at = input.now.toISOString();
    return createdAt <= at && at < expiresAt;
  });
  return override ? { kind: 'admitted', overridden: { override, reason: refusal.reason } } : refusal;
}

function ended({ run }: EntryInput): Refusal | undefined {
  if (run.status === 'running') return undefined;
  const why = run.halt && run.status === 'halted' ? `: ${run.halt.reason}` : '';
  const advice = run.status === 'halted' ? '; resume or abandon it' : '';
  return refused('ended', `the run is ${run.status}${why}${advice}`);
}

/** A run that began after the halt is taken for the fix; one that was under way already is not. */
function haltedRun({ run, halted }: EntryInput): Refusal | undefined {
  const other = halted.find(
    ({ runId, halt }) => runId !== run.runId && halt !== undefined && halt.at > run.startedAt,
  );
  if (!other?.halt) return undefined;
  return refused(
    'halted-run',
    `run "${other.runId}" (release ${other.release}) halted in wave "${other.halt.wave}" after this one began; resume or abandon it first`,
  );
}

function closed({ now, windows, freeze }: EntryInput): Refusal | undefined {
  const time = releaseTime({ windows, freeze }, now);
  if (time.open) return undefined;
  if (time.closedBy === 'freeze')
    return refused('freeze', `frozen until ${time.until.toISOString()}: ${time.freeze.reason}`);
  const open = windows.map(({ days, from, to, timeZone }) => `${days.join(' ')} ${from}-${to} ${timeZone}`);
  return refused('window', `no window is open at ${now.toISOString()}: ${open.join('; ')}`);
}

function alarmed({ redAlarms, unwatched }: EntryInput): Refusal | undefined {
  if (unwatched !== undefined) return refused('watch', `the wave's alarms cannot be read: ${unwatched}`);
  const [first] = redAlarms;
  if (!first) return undefined;
  const others = redAlarms.length === 1 ? '' : `, and ${redAlarms.length - 1} more`;
  return refused(
    'alarm',
    `deployment "${first.deploymentId}": alarm "${first.alarm}" is red before the release arrives${others}`,
  );
}

function refused(gate: EntryGate, reason: string): Refusal {
  return { kind: 'refused', gate, reason };
}
