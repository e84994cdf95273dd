import type { GateInput, Verdict } from './gate';
import { type DeploymentWatch, UNSEEN } from './watch';

/** A look at a wave of acme and globex that bakes from 12:00 to 13:00, and is waited for until 14:00. */
export interface GateDecision {
  readonly name: string;
  /** Time of the look. */
  readonly at: string;
  /** What acme's watch has seen, besides nothing. */
  readonly acme?: Partial<DeploymentWatch>;
  readonly globex?: Partial<DeploymentWatch>;
  readonly failed?: GateInput['failed'];
  readonly settings?: Partial<GateInput['settings']>;
  readonly verdict: Verdict['kind'];
  /** Of a halt. */
  readonly gate?: Extract<Verdict, { kind: 'halt' }>['gate'];
  /** What the reason must tell. */
  readonly tells: string;
}

const ENOUGH = { requests: 200 };
const BROKEN = { deploymentId: 'globex', reason: 'stack rolled itself back' };

export const SEEN = (changes: Partial<DeploymentWatch> = {}): DeploymentWatch => ({ ...UNSEEN, ...changes });

export const GATE_DECISIONS: readonly GateDecision[] = [
  { name: 'all is well, and time is left', at: '12:30', acme: ENOUGH, verdict: 'bake', tells: 'until 2026' },
  { name: 'all is well, and time is up', at: '13:00', acme: ENOUGH, verdict: 'pass', tells: '200 requests' },
  {
    name: 'an alarm is red at the first look',
    at: '12:00',
    acme: { red: ['Faults'] },
    verdict: 'halt',
    gate: 'alarm',
    tells: '"acme": alarm "Faults" is red',
  },
  {
    name: 'an alarm is red at the last look',
    at: '13:00',
    acme: ENOUGH,
    globex: { red: ['Slow'] },
    verdict: 'halt',
    gate: 'alarm',
    tells: '"globex"',
  },
  {
    name: 'an alarm is red, and the wave only reports',
    at: '13:00',
    acme: { ...ENOUGH, red: ['Slow'] },
    settings: { alarms: { onRed: 'report', insufficientData: 'ignore', blockEntry: true } },
    verdict: 'pass',
    tells: '200 requests',
  },
  {
    name: 'one canary request has failed',
    at: '12:10',
    acme: { requests: 4, failed: 1 },
    verdict: 'bake',
    tells: 'until',
  },
  {
    name: 'two canary requests of few have failed',
    at: '12:10',
    acme: { requests: 40, failed: 2, failures: [{ operation: 'getProduct', reason: '500' }] },
    verdict: 'halt',
    gate: 'canary',
    tells: '2 of 40 canary requests failed, the last one getProduct: 500',
  },
  {
    name: 'a hundredth of many has failed',
    at: '13:00',
    acme: { requests: 1000, failed: 10 },
    verdict: 'pass',
    tells: '1000',
  },
  {
    name: 'more than a hundredth of many has failed',
    at: '13:00',
    acme: { requests: 1000, failed: 11 },
    verdict: 'halt',
    gate: 'canary',
    tells: '11 of 1000',
  },
  {
    name: 'a deployment could not be seen twice',
    at: '12:10',
    acme: { missed: 2, missedFor: 'AccessDenied' },
    verdict: 'bake',
    tells: 'until',
  },
  {
    name: 'time is up, and the last look was missed',
    at: '13:00',
    acme: { ...ENOUGH, missed: 1, missedFor: 'AccessDenied' },
    verdict: 'bake',
    tells: '"acme" could not be watched: AccessDenied',
  },
  {
    name: 'a deployment could not be seen three times in a row',
    at: '12:10',
    acme: { missed: 3, missedFor: 'AccessDenied' },
    verdict: 'halt',
    gate: 'watch',
    tells: 'AccessDenied',
  },
  {
    name: 'a deployment has failed',
    at: '12:00',
    failed: [BROKEN],
    verdict: 'halt',
    gate: 'deployment',
    tells: 'stack rolled itself back',
  },
  {
    name: 'a deployment has failed, and one is tolerated',
    at: '13:00',
    acme: ENOUGH,
    failed: [BROKEN],
    settings: { tolerate: 1 },
    verdict: 'pass',
    tells: '200',
  },
  {
    name: 'more have failed than are tolerated',
    at: '12:00',
    failed: [BROKEN, { deploymentId: 'acme', reason: 'stuck' }],
    settings: { tolerate: 1 },
    verdict: 'halt',
    gate: 'deployment',
    tells: '2 failed, 1 are tolerated',
  },
  {
    name: 'time is up with too few requests',
    at: '13:00',
    acme: { requests: 99 },
    verdict: 'bake',
    tells: '99 of 100',
  },
  {
    name: 'patience is up with too few requests',
    at: '14:00',
    acme: { requests: 99 },
    verdict: 'halt',
    gate: 'samples',
    tells: 'only 99 of 100',
  },
  {
    name: 'the API has counted more than the canary',
    at: '13:00',
    acme: { requests: 40, counted: 60 },
    globex: { requests: 40, counted: 10 },
    verdict: 'pass',
    tells: '100 requests',
  },
  {
    name: 'an alarm has no data, which does not matter',
    at: '13:00',
    acme: { ...ENOUGH, silent: ['Slow'] },
    verdict: 'pass',
    tells: '200',
  },
  {
    name: 'an alarm has no data, which is waited for',
    at: '13:00',
    acme: { ...ENOUGH, silent: ['Slow'] },
    settings: { alarms: { onRed: 'halt', insufficientData: 'wait', blockEntry: true } },
    verdict: 'bake',
    tells: 'no data',
  },
  {
    name: 'an alarm has no data when patience is up',
    at: '14:00',
    acme: { ...ENOUGH, silent: ['Slow'] },
    settings: { alarms: { onRed: 'halt', insufficientData: 'wait', blockEntry: true } },
    verdict: 'halt',
    gate: 'no-data',
    tells: '"Slow" has no data',
  },
  {
    name: 'nothing is to be baked and no request asked for',
    at: '12:00',
    settings: { minimumSamples: 0, bakeEndsAt: new Date('2026-03-02T12:00:00Z') },
    verdict: 'pass',
    tells: '0 requests',
  },
];
