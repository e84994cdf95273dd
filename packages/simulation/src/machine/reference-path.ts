import { SimulationError } from '../simulation-error';

/** What `$` and `$$` stand for. */
export interface Scope {
  readonly data: unknown;
  readonly context: unknown;
}

/**
 * What a reference path such as `$.order.tenants[0]` or `$$.Map.Item.Value` names.
 * @returns undefined when there is nothing
 */
export function readPath(path: string, { data, context }: Scope): unknown {
  const { parts, root } = cutPath(path);
  let value = root === '$$' ? context : data;
  for (const part of parts) {
    if (value === null || value === undefined) return undefined;
    value = (value as Record<string, unknown>)[part];
  }
  return value;
}

/** The data with a value put at a path; `null` drops the value, `$` takes its place. */
export function writePath(path: string | null, data: unknown, value: unknown): unknown {
  return path === null ? data : put(cutPath(path).parts, 0, data, value);
}

function put(parts: readonly string[], depth: number, data: unknown, value: unknown): unknown {
  const part = parts[depth];
  if (part === undefined) return value;
  const inside = (typeof data === 'object' && data !== null ? data : {}) as Record<string, unknown>;
  return { ...inside, [part]: put(parts, depth + 1, inside[part], value) };
}

interface CutPath {
  readonly root: '$' | '$$';
  readonly parts: readonly string[];
}

/** Cut once: a machine asks for the same few paths millions of times. */
const cut = new Map<string, CutPath>();

function cutPath(path: string): CutPath {
  const known = cut.get(path);
  if (known) return known;
  if (!/^\$\$?(\.[\w-]+|\[\d+\]|\['[^']+'\])*$/.test(path))
    throw new SimulationError(`path "${path}" is no reference path of dots and indexes`);
  const parts = [...path.matchAll(/\.([\w-]+)|\[(\d+)\]|\['([^']+)'\]/g)].map(
    ([, name, index, quoted]) => (name ?? index ?? quoted) as string,
  );
  const made: CutPath = { root: path.startsWith('$$') ? '$$' : '$', parts };
  cut.set(path, made);
  return made;
}
