import { readdirSync, readFileSync } from 'node:fs';

/** A process, as the kernel tells of it. Memory in bytes. */
export interface ProcessInfo {
  readonly pid: number;
  readonly parent: number;
  readonly name: string;
  /** Proportional set size: shared pages are divided among those that share them. */
  readonly memory: number;
}

type ProcessStat = Omit<ProcessInfo, 'memory'> & { readonly resident: number };

const PAGE = 4096;

function readStat(pid: number): ProcessStat | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const name = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { pid, parent: Number(fields[1]), name, resident: Number(fields[21]) * PAGE };
  } catch {
    // It ended between the listing and the reading.
    return undefined;
  }
}

/** Costs the kernel a walk over the process's pages: only for those that are asked about. */
function readMemory(pid: number, resident: number): number {
  try {
    const pss = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1];
    return pss === undefined ? resident : Number(pss) * 1024;
  } catch {
    return resident;
  }
}

/** A process and all that descend from it; empty when it has ended. Linux only: it reads /proc. */
export function processTree(root: number): ProcessInfo[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => readStat(Number(name)))
    .filter((stat) => stat !== undefined);
  const tree = all.filter(({ pid }) => pid === root);
  for (const { pid } of tree) tree.push(...all.filter(({ parent }) => parent === pid));
  return tree.map(({ resident, ...process }) => ({ ...process, memory: readMemory(process.pid, resident) }));
}
