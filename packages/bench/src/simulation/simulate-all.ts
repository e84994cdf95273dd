import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Template } from '@granary/simulation';
import { BenchError } from '../bench-error';
import type { FromProcess, RolloutDone, RolloutJob, ToProcess } from './rollout-job';

/** A fleet of 100,000 takes about two gigabytes. */
const MOST_PROCESSES = 4;
/** Space for what is young, in megabytes: what a deployment holds between two looks is not moved again and again. */
const YOUNG_MB = 256;
const OLD_MB = 6144;

export interface SimulateAllOptions {
  /** Of the cloud assembly whose release is simulated. */
  readonly templates: readonly Template[];
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
  /** @default as many as there are processors, at most 4 */
  readonly processes?: number;
}

/**
 * Simulates releases side by side, a process for each processor. The jobs are begun in their order: the longest
 * first, so that no processor is left with one alone.
 *
 * @returns what came of them, in the order of the jobs
 * @throws BenchError when one cannot be simulated, or on an interruption
 */
export async function simulateAll(
  jobs: readonly RolloutJob[],
  {
    templates,
    signal,
    say,
    processes = Math.min(MOST_PROCESSES, availableParallelism()),
  }: SimulateAllOptions,
): Promise<readonly RolloutDone[]> {
  const done: RolloutDone[] = [];
  const failure = new AbortController();
  const stopped = AbortSignal.any([signal, failure.signal]);
  // One for all processes: each takes what the others have left.
  const queue = jobs.entries();
  const line = async () => {
    const child = begin(templates);
    try {
      for (const [index, job] of queue) {
        stopped.throwIfAborted();
        say(describeJob(job));
        done[index] = await carryOut(child, job, stopped);
      }
    } catch (error) {
      failure.abort(error);
    } finally {
      child.kill();
    }
  };
  await Promise.all(Array.from({ length: Math.min(processes, jobs.length) }, line));
  stopped.throwIfAborted();
  return done;
}

export function describeJob({ tenants, bad }: RolloutJob): string {
  const what = bad ? `${bad.errors * 100} % errors from "${bad.fromWave}" on` : 'a good release';
  return `${what}, ${tenants.toLocaleString('en')} tenants`;
}

function begin(templates: readonly Template[]): ChildProcess {
  const child = fork(join(__dirname, 'rollout-process.ts'), [], {
    execArgv: [
      '--import',
      'tsx',
      `--max-semi-space-size=${YOUNG_MB}`,
      `--max-old-space-size=${OLD_MB}`,
      // The processors have enough to do.
      '--single-threaded-gc',
    ],
    cwd: join(__dirname, '..', '..'),
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  send(child, { templates });
  return child;
}

async function carryOut(child: ChildProcess, job: RolloutJob, signal: AbortSignal): Promise<RolloutDone> {
  const over = new AbortController();
  const until = { signal: AbortSignal.any([signal, over.signal]) };
  try {
    const answered = once(child, 'message', until);
    const ended = once(child, 'exit', until).then(([code, by]) => {
      throw new BenchError(`${describeJob(job)}: its process ended with ${by ?? `exit code ${code}`}`);
    });
    send(child, { job });
    const [answer] = (await Promise.race([answered, ended])) as [FromProcess];
    if ('done' in answer) return answer.done;
    throw new BenchError(`${describeJob(job)}: ${answer.failed}`);
  } finally {
    over.abort();
  }
}

function send(child: ChildProcess, message: ToProcess): void {
  child.send(message);
}
