import { resolve } from 'node:path';
import { type Change, fleetManifest, releaseMakeOf, simulateRollout } from '@granary/simulation';
import { EXIT, type ExitCode, UsageError } from '../cli-error';
import { readTemplates } from '../plan/assembly';
import { synthesized } from '../plan/synthesized';
import { simulationLines } from '../render/simulation';
import { answer, type CommandContext } from './command-context';

export interface SimulateOptions {
  /** @default 1000 */
  readonly tenants?: number;
  /** @default 300 */
  readonly perCell?: number;
  /** Deployments at the same time in one account and region. @default 50 */
  readonly parallelism?: number;
  /** @default 'code' */
  readonly change?: Change;
  /** The wave from which on the release's fault shows. @default it has none */
  readonly badFrom?: string;
  /** Share of requests that it fails, from 0 to 1. @default 0.05 */
  readonly errors?: number;
  /** @default 1 */
  readonly seed?: number;
  /** A cloud assembly. @default synthesized now */
  readonly assembly?: string;
}

/** Carries a release to a fleet in virtual time, by the project's own state machine. Needs no cloud. */
export async function simulate(context: CommandContext, options: SimulateOptions = {}): Promise<ExitCode> {
  const { project, signal } = context;
  const { tenants = 1000, perCell, parallelism, change, badFrom, errors, seed } = options;
  if (errors !== undefined && badFrom === undefined)
    throw new UsageError('--errors needs --bad-from: the wave from which on the fault shows');
  const templates =
    options.assembly === undefined
      ? await synthesized(project, signal, readTemplates)
      : await readTemplates(resolve(project.folder, options.assembly));
  const manifest = fleetManifest({
    tenants,
    ...(perCell === undefined ? {} : { tenantsPerCell: perCell }),
    ...(parallelism === undefined ? {} : { parallelism }),
  });
  const rollout = await simulateRollout({
    manifest,
    make: releaseMakeOf(templates.values()),
    ...(change === undefined ? {} : { change }),
    ...(seed === undefined ? {} : { seed }),
    ...(badFrom === undefined ? {} : { bad: { fromWave: badFrom, errors: errors ?? 0.05 } }),
  });
  answer(context, rollout, () => simulationLines(rollout, context.terminal.palette));
  return EXIT.ok;
}
