import type { Release, Tenant } from '@granary/api';
import type { InjectedFault } from '@granary/local';
import { type Manifest, planRollout } from '@granary/manifest';
import { PATIENCE, type Patience, until } from '../walk/patience';
import type { Fault } from './fault';
import { type Kept, type RehearsalReport, reportOf } from './rehearsal-report';
import type { ReleaseEngine } from './release-engine';

export interface RehearseOptions {
  readonly fault: Fault;
  readonly manifest: Manifest;
  /** The commit that everybody runs, and runs again afterwards. */
  readonly parent: string;
  readonly tenants: readonly Pick<Tenant, 'tenantId' | 'deploymentId'>[];
  readonly engine: ReleaseEngine;
  /** Makes the commit that carries the fault. @returns its id */
  readonly commit: (fault: Fault) => Promise<string>;
  /** Lets things go wrong in the cloud; none ends it. @returns errors of those before that nobody has met */
  readonly inject: (faults: readonly InjectedFault[]) => Promise<number>;
  /** Releases a commit to its end. @returns why it failed; undefined when it did not */
  readonly release: (commit: string, how: { readonly kills: boolean }) => Promise<string | undefined>;
  /** How long a rollback is waited for. @default five minutes */
  readonly patience?: Patience;
}

/** Releases a fault on purpose, and tells what the gates did about it and who kept which version. */
export async function rehearse(options: RehearseOptions): Promise<RehearsalReport> {
  const { fault, manifest, engine, inject, release, parent } = options;
  const before = await engine.running();
  const commit = await options.commit(fault);
  const injected = fault.injected?.(manifest) ?? [];
  let failure: string | undefined;
  let unmet = 0;
  if (injected.length > 0) await inject(injected);
  try {
    failure = await release(commit, { kills: fault.kills ?? false });
  } finally {
    if (injected.length > 0) unmet = await inject([]);
  }
  const run = await settled(commit, failure, options);
  const now = await engine.running();
  const kept = await Promise.all(deploymentsOf(options, before, now, commit));
  const report = reportOf({
    fault,
    commit,
    failure,
    run,
    kept,
    unmet: fault.expected.kind === 'pass' ? unmet : 0,
  });
  // What has gone through runs a commit that no branch names: everybody goes back to what was there.
  const restored = kept.some(({ now: runs }) => runs === commit)
    ? await release(parent, { kills: false })
    : undefined;
  return restored === undefined
    ? report
    : {
        ...report,
        verdict: { ok: false, reasons: [`"${parent}" could not be released again: ${restored}`] },
      };
}

/**
 * The run of a commit, once nothing of it is on its way back: a stage that fails tells the release engine, which halts
 * the run and rolls its wave back while the pipeline has ended already.
 */
async function settled(
  commit: string,
  failure: string | undefined,
  { engine, patience = ROLLBACK }: RehearseOptions,
): Promise<Release | undefined> {
  const first = await engine.runOf(commit);
  if (failure === undefined && !first?.halt) return first;
  // A pipeline may fail before any wave, and then nothing halts: that is told as it is.
  const halting = { ...patience, timeoutMs: Math.min(patience.timeoutMs, HALT_MS) };
  const halted = await until('the halt', () => haltedRun(engine, commit), halting).catch(() => undefined);
  if (!halted) return engine.runOf(commit);
  return until(
    'the rollback to end',
    async () => {
      const found = await haltedRun(engine, commit);
      return found?.halt?.rolledBack.some(({ result }) => result === 'pending') ? undefined : found;
    },
    patience,
  );
}

async function haltedRun(engine: ReleaseEngine, commit: string): Promise<Release | undefined> {
  const run = await engine.runOf(commit);
  return run?.halt ? run : undefined;
}

/** How long the release engine may take to hear of a stage that failed. */
const HALT_MS = 60_000;

/** Longer than a rollback takes on a busy machine. */
const ROLLBACK: Patience = { ...PATIENCE, timeoutMs: 300_000 };

function deploymentsOf(
  { manifest, tenants, engine }: RehearseOptions,
  before: ReadonlyMap<string, string>,
  now: ReadonlyMap<string, string>,
  commit: string,
): readonly Promise<Omit<Kept, 'due'>>[] {
  const { pools, waves } = planRollout(manifest);
  const planned = [
    ...pools.map(({ id }) => ({ deploymentId: id, wave: POOLS })),
    ...waves.flatMap((wave) => wave.tenants.map(({ id }) => ({ deploymentId: id, wave: wave.name }))),
  ];
  return planned.map(async ({ deploymentId, wave }) => ({
    deploymentId,
    wave,
    tenants: tenants.filter((one) => one.deploymentId === deploymentId).map(({ tenantId }) => tenantId),
    before: before.get(deploymentId),
    reached: await engine.reached(deploymentId, commit),
    now: now.get(deploymentId),
  }));
}

/** The pools are a wave of their own, before the others. */
const POOLS = 'pools';
