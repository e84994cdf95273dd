import { cpus, platform, release, totalmem } from 'node:os';

/** The machine that a figure belongs to, in a line. */
export function describeMachine(): string {
  const cores = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${cores.length} x ${cores[0]?.model.trim() ?? 'unknown processor'}, ${memory} GiB, ${platform()} ${release()}, Node ${process.version}`;
}

/**
 * Warns when other work takes a part of the machine.
 *
 * @param load processes that wanted to run, the last minute's mean
 * @returns undefined when the machine is quiet
 */
export function busyNote(load: number, cores: number): string | undefined {
  if (load <= cores / 4) return undefined;
  return `the machine is busy (load ${load.toFixed(1)} on ${cores} cores): take the figures again when it is quiet`;
}
