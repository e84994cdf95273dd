import { cpus, platform, release, totalmem } from 'node:os';

/** The machine that a figure belongs to, in a line. */
export function describeMachine(): string {
  const cores = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${cores.length} x ${cores[0]?.model.trim() ?? 'unknown processor'}, ${memory} GiB, ${platform()} ${release()}, Node ${process.version}`;
}
