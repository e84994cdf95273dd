import type { Run } from '../run/run';
import type { Entry, EntryInput } from './entry';

const RUN: Run = {
  runId: 'run-2',
  release: 'b'.repeat(40),
  status: 'running',
  startedAt: '2026-03-27T08:00:00.000Z',
  revision: 1,
};

const halt = (at: string): Run['halt'] => ({
  wave: 'canary',
  gate: 'alarm',
  reason: 'alarm "Faults" is red',
  at,
  failed: [],
  rolledBack: [],
  rolledBackTotal: 0,
});

const haltedAt = (at: string, runId = 'run-1'): Run => ({ ...RUN, runId, status: 'halted', halt: halt(at) });

const WORKING_HOURS = {
  days: ['mon', 'tue', 'wed', 'thu', 'fri'],
  from: '09:00',
  to: '16:00',
  timeZone: 'Europe/Berlin',
} as const;
const EASTER = { from: '2026-04-03', to: '2026-04-06', timeZone: 'Europe/Berlin', reason: 'Easter' };
const OVERRIDE = {
  overrideId: 'o-1',
  reason: 'security fix',
  by: 'ops@granary.example.com',
  createdAt: '2026-04-04T10:00:00.000Z',
  expiresAt: '2026-04-04T11:00:00.000Z',
};

/** A run at the door of wave canary. */
export interface EntryDecision {
  readonly name: string;
  readonly at: string;
  readonly input?: Partial<EntryInput>;
  readonly entry: Entry['kind'];
  /** Of a refusal. */
  readonly gate?: Extract<Entry, { kind: 'refused' }>['gate'];
  /** What the reason must tell. */
  readonly tells?: string;
}

export const ENTRY_INPUT: Omit<EntryInput, 'now'> = {
  wave: 'canary',
  run: RUN,
  halted: [],
  windows: [],
  freeze: [],
  redAlarms: [],
  overrides: [],
};

export const ENTRY_DECISIONS: readonly EntryDecision[] = [
  { name: 'nothing stands against it', at: '2026-03-27T03:00:00Z', entry: 'admitted' },
  {
    name: 'the window opens, in winter time',
    at: '2026-03-27T08:00:00Z',
    input: { windows: [WORKING_HOURS] },
    entry: 'admitted',
  },
  {
    name: 'the window opens in a minute, in winter time',
    at: '2026-03-27T07:59:00Z',
    input: { windows: [WORKING_HOURS] },
    entry: 'refused',
    gate: 'window',
    tells: '09:00-16:00 Europe/Berlin',
  },
  {
    name: 'the window opens an hour earlier by UTC, in summer time',
    at: '2026-03-30T07:00:00Z',
    input: { windows: [WORKING_HOURS] },
    entry: 'admitted',
  },
  {
    name: 'the window has closed, in summer time',
    at: '2026-03-30T14:00:00Z',
    input: { windows: [WORKING_HOURS] },
    entry: 'refused',
    gate: 'window',
  },
  {
    name: 'a freeze has begun at midnight of its time zone',
    at: '2026-04-02T22:00:00Z',
    input: { freeze: [EASTER] },
    entry: 'refused',
    gate: 'freeze',
    tells: '2026-04-06T22:00:00.000Z: Easter',
  },
  {
    name: 'a freeze begins in a minute',
    at: '2026-04-02T21:59:00Z',
    input: { freeze: [EASTER] },
    entry: 'admitted',
  },
  { name: 'a freeze is over', at: '2026-04-06T22:00:00Z', input: { freeze: [EASTER] }, entry: 'admitted' },
  {
    name: 'an override lifts a freeze',
    at: '2026-04-04T10:30:00Z',
    input: { freeze: [EASTER], overrides: [OVERRIDE] },
    entry: 'admitted',
  },
  {
    name: 'an override has expired',
    at: '2026-04-04T11:00:00Z',
    input: { freeze: [EASTER], overrides: [OVERRIDE] },
    entry: 'refused',
    gate: 'freeze',
  },
  {
    name: 'an override is not in force yet',
    at: '2026-04-04T09:59:00Z',
    input: { freeze: [EASTER], overrides: [OVERRIDE] },
    entry: 'refused',
    gate: 'freeze',
  },
  {
    name: 'an alarm is red before the release',
    at: '2026-03-27T09:00:00Z',
    input: { redAlarms: [{ deploymentId: 'acme', alarm: 'Slow' }] },
    entry: 'refused',
    gate: 'alarm',
    tells: '"acme": alarm "Slow"',
  },
  {
    name: 'an override lifts a red alarm',
    at: '2026-04-04T10:30:00Z',
    input: { redAlarms: [{ deploymentId: 'acme', alarm: 'Slow' }], overrides: [OVERRIDE] },
    entry: 'admitted',
  },
  {
    name: 'alarms cannot be read',
    at: '2026-03-27T09:00:00Z',
    input: { unwatched: 'AccessDenied' },
    entry: 'refused',
    gate: 'watch',
    tells: 'AccessDenied',
  },
  {
    name: 'another run halted while this one was under way',
    at: '2026-03-27T09:00:00Z',
    input: { halted: [haltedAt('2026-03-27T08:30:00.000Z')] },
    entry: 'refused',
    gate: 'halted-run',
    tells: 'run-1',
  },
  {
    name: 'another run halted before this one began',
    at: '2026-03-27T09:00:00Z',
    input: { halted: [haltedAt('2026-03-27T07:30:00.000Z')] },
    entry: 'admitted',
  },
  {
    name: 'an override does not lift the halt of another run',
    at: '2026-04-04T10:30:00Z',
    input: { halted: [haltedAt('2026-03-27T08:30:00.000Z')], overrides: [OVERRIDE] },
    entry: 'refused',
    gate: 'halted-run',
  },
  {
    name: 'the run itself is halted',
    at: '2026-04-04T10:30:00Z',
    input: { run: haltedAt('2026-03-27T08:30:00.000Z', 'run-2'), overrides: [OVERRIDE] },
    entry: 'refused',
    gate: 'ended',
    tells: 'resume or abandon',
  },
  {
    name: 'the run is abandoned',
    at: '2026-03-27T09:00:00Z',
    input: { run: { ...RUN, status: 'abandoned' } },
    entry: 'refused',
    gate: 'ended',
  },
];
