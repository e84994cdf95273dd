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
  const root = path.startsWith('$$') ? context : data;
  return partsOf(path).reduce<unknown>(
    (value, part) =>
      value === null || value === undefined ? undefined : (value as Record<string, unknown>)[part],
    root,
  );
}

/** The data with a value put at a path; `null` drops the value, `$` takes its place. */
export function writePath(path: string | null, data: unknown, value: unknown): unknown {
  if (path === null) return data;
  return put(partsOf(path), data, value);
}

function put([part, ...rest]: readonly string[], data: unknown, value: unknown): unknown {
  if (part === undefined) return value;
  const inside = (typeof data === 'object' && data !== null ? data : {}) as Record<string, unknown>;
  return { ...inside, [part]: put(rest, inside[part], value) };
}

/** Cut once: a machine asks for the same few paths millions of times. */
const cut = new Map<string, readonly string[]>();

function partsOf(path: string): readonly string[] {
  const known = cut.get(path);
  if (known) return known;
  if (!/^\$\$?(\.[\w-]+|\[\d+\]|\['[^']+'\])*$/.test(path))
    throw new SimulationError(`path "${path}" is no reference path of dots and indexes`);
  const parts = [...path.matchAll(/\.([\w-]+)|\[(\d+)\]|\['([^']+)'\]/g)].map(
    ([, name, index, quoted]) => (name ?? index ?? quoted) as string,
  );
  cut.set(path, parts);
  return parts;
}
