import type { Path } from './problem';

/** One entry of a list, with its place. */
export interface Entry {
  readonly path: Path;
  readonly fields: Readonly<Record<string, unknown>>;
}

/**
 * A manifest that may still have mistakes, as far as it can be read: what is missing or of the wrong type is
 * left out, so that the rules between fields are checked on the rest.
 */
export interface Draft {
  readonly controlPlane: Readonly<Record<string, unknown>> | undefined;
  readonly cells: readonly Entry[] | undefined;
  readonly tiers: Readonly<Record<string, unknown>> | undefined;
  readonly pools: readonly Entry[];
  readonly tenants: readonly Entry[];
  readonly engine: unknown;
  readonly waves: readonly Entry[] | undefined;
  readonly windows: readonly Entry[];
  readonly freeze: readonly Entry[];
}

export function draftOf(value: unknown): Draft {
  const manifest = recordOf(value) ?? {};
  const rollout = recordOf(manifest.rollout) ?? {};
  return {
    controlPlane: recordOf(manifest.controlPlane),
    cells: entriesOf(manifest, ['cells']),
    tiers: recordOf(manifest.tiers),
    pools: entriesOf(manifest, ['pools']) ?? [],
    tenants: entriesOf(manifest, ['tenants']) ?? [],
    engine: rollout.engine,
    waves: entriesOf(rollout, ['rollout', 'waves']),
    windows: entriesOf(rollout, ['rollout', 'windows']) ?? [],
    freeze: entriesOf(rollout, ['rollout', 'freeze']) ?? [],
  };
}

/** A field of an entry, if it is text. */
export function textOf(entry: Entry, name: string): string | undefined {
  const value = own(entry.fields, name);
  return typeof value === 'string' ? value : undefined;
}

/** The texts in a list of an entry, with their places. */
export function textsOf(
  entry: Entry,
  name: string,
): readonly { readonly path: Path; readonly text: string }[] {
  const value = own(entry.fields, name);
  if (!Array.isArray(value)) return [];
  return value.flatMap((text, index) =>
    typeof text === 'string' ? [{ path: [...entry.path, name, index], text }] : [],
  );
}

export function own(record: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

export function recordOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

function entriesOf(
  parent: Readonly<Record<string, unknown>>,
  path: readonly string[],
): readonly Entry[] | undefined {
  const list = own(parent, path.at(-1) ?? '');
  if (!Array.isArray(list)) return undefined;
  return list.flatMap((value, index) => {
    const fields = recordOf(value);
    return fields ? [{ path: [...path, index], fields }] : [];
  });
}
