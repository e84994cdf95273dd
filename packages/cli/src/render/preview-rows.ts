import type { FieldChange, QuotaUse, ReleasePreview } from '@granary/manifest';

/** One line of what becomes of a tenant. */
export interface ChangeRow {
  readonly id: string;
  readonly what: string;
  /** Fields with what they were and are. */
  readonly details: string;
}

/** The release in short, a line each. */
export function headline({
  engine,
  stacks,
  accounts,
  regions,
  pipeline,
  waves,
  diff,
}: ReleasePreview): readonly string[] {
  const settings = diff.settings.length + diff.cells.changed.length + diff.tiers.changed.length;
  const others = [
    ...counted(diff.cells.added.length, 'cell added', 'cells added'),
    ...counted(diff.pools.added.length, 'pool added', 'pools added'),
    ...counted(diff.tiers.added.length, 'tier added', 'tiers added'),
    ...counted(
      diff.waves.added.length + diff.waves.changed.length + diff.waves.removed.length,
      'wave changed',
      'waves changed',
    ),
    ...counted(settings, 'setting changed', 'settings changed'),
  ];
  return [
    `engine ${engine.mode}: ${engine.why}`,
    `${stacks} stacks in ${plural(accounts.length, 'account')} and ${plural(regions.length, 'region')}, ${plural(waves.length, 'wave')}`,
    `the pipeline has ${pipeline.stages} stages and ${pipeline.actions} actions, at most`,
    ...(others.length > 0 ? [others.join(', ')] : []),
  ];
}

/** What becomes of each tenant that is not as it was; what goes before what comes. */
export function changeRows({ tenants, diff, plan }: ReleasePreview): readonly ChangeRow[] {
  const waveOf = new Map(
    plan.waves.flatMap(({ name, tenants: members }) => members.map(({ id }) => [id, name])),
  );
  const place = (id: string) => (waveOf.has(id) ? `wave ${waveOf.get(id)}` : 'no wave');
  const sets = {
    moved: new Set(tenants.moved.map(({ id }) => id)),
    pinned: new Set(tenants.pinned.map(({ id }) => id)),
    unpinned: new Set(tenants.unpinned.map(({ id }) => id)),
    offboarded: new Set(tenants.offboarded),
    revived: new Set(tenants.revived),
  };
  return [
    ...tenants.vanished.map((id) => ({ id, what: 'vanished', details: 'kept, without releases' })),
    ...tenants.removed.map((id) => ({ id, what: 'removed', details: 'after its tombstone' })),
    ...tenants.changed.map(({ id, fields }) => ({
      id,
      what:
        Object.entries(sets)
          .filter(([, ids]) => ids.has(id))
          .map(([name]) => name)
          .join(', ') || 'changed',
      details: fields.map(fieldText).join('; '),
    })),
    ...diff.tenants.added.map(({ id, cell, tier }) => ({
      id,
      what: 'added',
      details: `${tier} in ${cell}, ${place(id)}`,
    })),
  ];
}

export function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

export function sizeOf(unit: QuotaUse['unit'], value: number): string {
  return unit === 'bytes' ? `${(value / 1024).toFixed(1)} KiB` : `${value}`;
}

/** Where a quota breaks. */
export function quotaFigure({ breaksAt, raisable }: QuotaUse): string {
  if (!breaksAt) return 'never';
  return `${breaksAt.count} ${breaksAt.of}${raisable ? ', unless raised' : ''}`;
}

function fieldText({ path, before, after }: FieldChange): string {
  return `${path.join('.')} ${valueText(before)} to ${valueText(after)}`;
}

function valueText(value: unknown): string {
  if (value === undefined) return 'none';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}...` : text;
}

function counted(count: number, one: string, many: string): readonly string[] {
  return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
