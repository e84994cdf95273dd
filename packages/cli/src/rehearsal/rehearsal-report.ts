import type { Verdict } from '../walk/walk-report';
import type { Fault } from './fault';
import type { EngineRun } from './release-engine';

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
}

/** What became of a release with a fault in it. */
export interface RehearsalReport {
  readonly fault: string;
  readonly does: string;
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
  readonly run: EngineRun | undefined;
  readonly kept: readonly Kept[];
}

/** What the gates did about a fault, and all reasons why that is not what they must do. */
export function reportOf({ fault, commit, failure, run, kept }: RehearsalFinding): RehearsalReport {
  const halt = run?.halt;
  const reasons = [...haltReasons(fault, run, failure), ...keptReasons(kept, halt?.wave)].map(
    (reason) => `rehearsal "${fault.name}": ${reason}`,
  );
  return {
    fault: fault.name,
    does: fault.does,
    commit,
    ...(halt ? { halt: { wave: halt.wave, gate: halt.gate, reason: halt.reason } } : {}),
    kept,
    verdict: reasons.length === 0 ? { ok: true } : { ok: false, reasons },
  };
}

function haltReasons({ gates }: Fault, run: EngineRun | undefined, failure: string | undefined): string[] {
  const halt = run?.halt;
  if (!halt) return [`no gate halted the release: ${failure ?? 'it reached everyone'}`];
  const wrong = gates.includes(halt.gate)
    ? []
    : [`gate "${halt.gate}" halted the release, not ${gates.map((gate) => `"${gate}"`).join(' or ')}`];
  const left = halt.rolledBack
    .filter(({ result }) => result !== 'succeeded')
    .map(({ deploymentId, result }) => `the rollback of "${deploymentId}" is ${result}`);
  return [...wrong, ...left];
}

function keptReasons(kept: readonly Kept[], haltedAt: string | undefined): string[] {
  const moved = kept
    .filter(({ before, now }) => now !== before)
    .map(
      ({ deploymentId, before, now }) =>
        `deployment "${deploymentId}" runs ${now?.slice(0, 8) ?? 'nothing'}, not ${before?.slice(0, 8) ?? 'nothing'} as before`,
    );
  const waves = [...new Set(kept.map(({ wave }) => wave))];
  const last = haltedAt === undefined ? waves.length : waves.indexOf(haltedAt);
  const beyond = kept
    .filter(({ wave, reached }) => reached && waves.indexOf(wave) > last)
    .map(({ deploymentId, wave }) => `it reached "${deploymentId}" of wave "${wave}" beyond its halt`);
  return [...moved, ...beyond];
}
