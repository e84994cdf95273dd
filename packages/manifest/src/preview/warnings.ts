import type { FieldChange } from '../diff/field-change';
import type { ReleasePreview } from './plan-release';
import { changesPlace } from './tenant-changes';

type Judged = Omit<ReleasePreview, 'warnings' | 'refusals'>;

/** What is allowed and should be looked at, a sentence each: the changes first, then the plan's own. */
export function previewWarnings(
  { tenants, quotas, replacements, diff, plan }: Judged,
  stackOf: (id: string) => string,
): readonly string[] {
  const kept = (id: string) => `its stack ${stackOf(id)} and its data are kept, and get no more releases`;
  return [
    ...tenants.vanished.map(
      (id) =>
        `tenant "${id}" is in the manifest no more: ${kept(id)}; to let it go, put it back with "state": "offboarding"`,
    ),
    ...tenants.removed.map(
      (id) =>
        `tenant "${id}" is taken out after its tombstone: if its stack ${stackOf(id)} is still there, nothing owns it`,
    ),
    ...diff.pools.removed.map(
      ({ id }) => `pool "${id}" is in the manifest no more: ${kept(id)}, and so do its tenants`,
    ),
    ...tenants.moved.filter(changesPlace).map(({ id, fields }) => moveWarning(id, fields, stackOf(id))),
    ...diff.pools.changed
      .filter(({ fields }) => fields.some(({ path }) => path[0] === 'cell'))
      .map(({ before, after }) => poolWarning(before.id, before.cell, after.cell)),
    ...diff.tiers.changed.flatMap(({ before, fields }) =>
      fields
        .filter(({ path }) => path[0] === 'shards')
        .map(
          (change) =>
            `tier "${before.name}" goes from ${String(change.before)} to ${String(change.after)} shards: its tenants lose sight of the rows that they have`,
        ),
    ),
    ...replacements
      .filter(({ confirmed }) => confirmed)
      .map(
        ({ resource, type, stacks }) =>
          `${resource} (${type}) is replaced or removed in ${stacks.length} stacks, as rollout.confirmedReplacements says`,
      ),
    ...quotas.flatMap(({ verdict, raisable, title, where, used, limit }) => {
      const what = `${title} (${where}): ${used} of ${limit}`;
      if (verdict === 'broken' && raisable) return [`${what}: have AWS raise it before the release`];
      return verdict === 'near' ? [`${what}: close to the limit`] : [];
    }),
    ...plan.warnings,
  ];
}

function moveWarning(id: string, fields: readonly FieldChange[], stack: string): string {
  const moves = fields
    .filter(({ path }) => ['cell', 'account', 'region'].includes(path[0] ?? ''))
    .map(({ path, before, after }) => `${path.join('.')} ${named(before)} to ${named(after)}`)
    .join(', ');
  return `tenant "${id}" moves (${moves}): the release makes an empty ${stack} there, and its data stays in the old one until the control plane has moved it`;
}

function poolWarning(id: string, before: string, after: string): string {
  return `pool "${id}" moves from cell ${before} to ${after}: the release makes an empty one there, and its tenants' data stays in the old one`;
}

function named(value: unknown): string {
  return value === undefined ? "(its cell's)" : String(value);
}
