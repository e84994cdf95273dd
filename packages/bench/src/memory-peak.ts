import { type ProcessInfo, processTree } from './process-tree';

/** The moment at which a process tree took the most memory. */
export interface MemoryPeak {
  /** Of all processes together, bytes (PSS). */
  readonly memory: number;
  /** Milliseconds since sampling began. */
  readonly at: number;
  readonly processes: readonly ProcessInfo[];
}

export interface MemoryPeakOptions {
  /** Milliseconds between two samples. @default 250 */
  readonly interval?: number;
  /** @default the kernel's process table, Linux only */
  readonly read?: (root: number) => readonly ProcessInfo[];
}

/**
 * Samples the memory of a process and its descendants.
 *
 * @returns ends the sampling and gives the peak; `undefined` when not one sample saw the process
 */
export function samplePeak(root: number, options: MemoryPeakOptions = {}): () => MemoryPeak | undefined {
  const { interval = 250, read = processTree } = options;
  const began = performance.now();
  let peak: MemoryPeak | undefined;
  const sample = () => {
    const processes = read(root);
    const memory = processes.reduce((sum, process) => sum + process.memory, 0);
    if (memory > (peak?.memory ?? 0)) peak = { memory, at: performance.now() - began, processes };
  };
  sample();
  const timer = setInterval(sample, interval);
  return () => {
    clearInterval(timer);
    return peak;
  };
}

/** Who holds the memory, the largest first: `node 412 MB (9), python 180 MB (1)`. */
export function describeProcesses(processes: readonly ProcessInfo[]): string {
  const byName = new Map<string, { memory: number; count: number }>();
  for (const { name, memory } of processes) {
    const known = byName.get(name) ?? { memory: 0, count: 0 };
    byName.set(name, { memory: known.memory + memory, count: known.count + 1 });
  }
  return [...byName]
    .sort(([, a], [, b]) => b.memory - a.memory)
    .map(([name, { memory, count }]) => `${name} ${megabytes(memory).toFixed(0)} MB (${count})`)
    .join(', ');
}

export function megabytes(bytes: number): number {
  return bytes / 2 ** 20;
}
