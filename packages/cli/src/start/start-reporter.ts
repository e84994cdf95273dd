import type { RunEvent } from '@granary/local';
import type { Manifest } from '@granary/manifest';
import type { RehearsalReport } from '../rehearsal/rehearsal-report';
import type { PageLink } from '../sites/sites';
import type { Verdict, WalkReport } from '../walk/walk-report';

export const PHASES = ['check', 'cloud', 'release', 'walk', 'rehearsal'] as const;
export type Phase = (typeof PHASES)[number];

/** Tells a person, or a program, how a start goes. */
export interface StartReporter {
  phaseStarted(phase: Phase): void;
  phaseEnded(phase: Phase, milliseconds: number): void;
  /** What is being done, or was done: one line. */
  step(line: string): void;
  /** What the person should know, such as files that are not released. */
  warn(line: string): void;
  event(event: RunEvent): void;
  walked(report: WalkReport, manifest: Manifest, pages: readonly PageLink[]): void;
  rehearsed(report: RehearsalReport): void;
  verdict(verdict: Verdict): void;
  /** Everything is up and stays up. */
  staying(branch: string): void;
  stopping(reason: string): void;
  /** Takes away what is redrawn. */
  close(): void;
}
