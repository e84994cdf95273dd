import type { Release } from '@granary/api';
import type { Verdict } from '../walk/walk-report';
import type { Expectation, Fault } from './fault';

/** What one deployment ran, before a faulty release and after. */
export interface Kept {
  readonly deploymentId: string;
  readonly wave: string;
  /** Ids of the tenants that it serves. */
  readonly tenants: readonly string[];
  /** Commit. */
  readonly before: string | undefined;
  /** Whether the faulty release was ever there. */
  readonly reached: boolean;
  /** Commit. */
  readonly now: string | undefined;
  /** Commit that it must run now: a wave that passed before the halt keeps the release. */
  readonly due: string | undefined;
}

/** What became of a release with a fault in it. */
export interface RehearsalReport {
  readonly fault: string;
  readonly does: string;
  /** Whether it must be halted, or reach everyone. */
  readonly expected: Expectation['kind'];
  /** The faulty commit. */
  readonly commit: string;
  /** @default no gate halted it */
  readonly halt?: { readonly wave: string; readonly gate: string; readonly reason: string };
  /** In the order of the waves. */
  readonly kept: readonly Kept[];
  readonly verdict: Verdict;
}

export interface RehearsalFinding {
  readonly fault: Fault;
  readonly commit: string;
  /** Why the pipeline failed; undefined when it did not. */
  readonly failure: string | undefined;
  /** As the release engine tells it; undefined when it knows of none. */
  readonly run: Release | undefined;
  readonly kept: readonly Omit<Kept, 'due'>[];
  /** Errors that were to come and that nobody met. */
  readonly unmet: number;
}

/** What the gates did about a fault, and all reasons why that is not what they must do. */
export function reportOf(finding: RehearsalFinding): RehearsalReport {
  const { fault, commit, run } = finding;
  const halt = run?.halt;
  const kept = withDue(finding);
  const reasons = (fault.expected.kind === 'halt' ? haltReasons(finding, kept) : passReasons(finding)).map(
    (reason) => `rehearsal "${fault.name}": ${reason}`,
  );
  return {
    fault: fault.name,
    does: fault.does,
    expected: fault.expected.kind,
    commit,
    ...(halt ? { halt: { wave: halt.wave, gate: halt.gate, reason: halt.reason } } : {}),
    kept,
    verdict: reasons.length === 0 ? { ok: true } : { ok: false, reasons },
  };
}

function passReasons({ failure, run, kept, commit, unmet }: RehearsalFinding): string[] {
  const halted = run?.halt ? [`gate "${run.halt.gate}" halted the release: ${run.halt.reason}`] : [];
  const failed = failure === undefined || run?.halt ? [] : [`the release failed: ${failure}`];
  const missed = kept
    .filter(({ now }) => now !== commit)
    .map(({ deploymentId, now }) => `it did not reach "${deploymentId}", which runs ${short(now)}`);
  const idle = unmet > 0 ? [`${unmet} of the errors were never met: it proves nothing`] : [];
  return [...halted, ...failed, ...missed, ...idle];
}

function haltReasons({ fault, run, failure }: RehearsalFinding, kept: readonly Kept[]): string[] {
  const halt = run?.halt;
  if (fault.expected.kind !== 'halt') return [];
  if (!halt) return [`no gate halted the release: ${failure ?? 'it reached everyone'}`, ...keptReasons(kept)];
  const { gates, rollback } = fault.expected;
  const wrong = gates.includes(halt.gate)
    ? []
    : [`gate "${halt.gate}" halted the release, not ${gates.map((gate) => `"${gate}"`).join(' or ')}`];
  const left = halt.rolledBack
    .filter(({ result }) => result !== 'succeeded')
    .map(({ deploymentId, result }) => `the rollback of "${deploymentId}" is ${result}`);
  const told = rollback === 'refused' && left.length === 0 ? ['nothing was told of what is stuck'] : [];
  return [...wrong, ...(rollback === 'refused' ? told : left), ...keptReasons(kept, halt.wave)];
}

function keptReasons(kept: readonly Kept[], haltedAt?: string): string[] {
  const moved = kept
    .filter(({ due, now }) => now !== due)
    .map(
      ({ deploymentId, due, now }) => `deployment "${deploymentId}" runs ${short(now)}, not ${short(due)}`,
    );
  const waves = [...new Set(kept.map(({ wave }) => wave))];
  const last = haltedAt === undefined ? waves.length : waves.indexOf(haltedAt);
  const beyond = kept
    .filter(({ wave, reached }) => reached && waves.indexOf(wave) > last)
    .map(({ deploymentId, wave }) => `it reached "${deploymentId}" of wave "${wave}" beyond its halt`);
  return [...moved, ...beyond];
}

/** Each deployment with what it must run in the end. */
function withDue({ fault, run, kept, commit }: RehearsalFinding): readonly Kept[] {
  if (fault.expected.kind === 'pass') return kept.map((each) => ({ ...each, due: commit }));
  const waves = [...new Set(kept.map(({ wave }) => wave))];
  const halted = run?.halt ? waves.indexOf(run.halt.wave) : 0;
  return kept.map((each) => ({
    ...each,
    due: waves.indexOf(each.wave) < halted ? commit : each.before,
  }));
}

const short = (commit: string | undefined) => commit?.slice(0, 8) ?? 'nothing';
