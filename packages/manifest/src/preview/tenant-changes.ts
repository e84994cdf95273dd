import type { FieldChange } from '../diff/field-change';
import type { EntryChange } from '../diff/keyed-list';
import type { ManifestDiff } from '../diff/manifest-diff';
import type { SiloTenant } from '../manifest';

/** A tenant whose entry differs, and in what. */
export interface ChangedTenant {
  readonly id: string;
  readonly fields: readonly FieldChange[];
}

/** What becomes of the silo tenants, by what has to be looked at. A tenant may be in several. */
export interface TenantChanges {
  readonly added: readonly string[];
  /** Every tenant with a field that differs. */
  readonly changed: readonly ChangedTenant[];
  /** Of these, those whose cell, account, region or tier differs. */
  readonly moved: readonly ChangedTenant[];
  /** Of these, those with another ring or version to hold to. */
  readonly pinned: readonly ChangedTenant[];
  /** Of these, those without the ring or version that they had. */
  readonly unpinned: readonly ChangedTenant[];
  /** Those with a new tombstone. */
  readonly offboarded: readonly string[];
  /** Those whose tombstone is gone. */
  readonly revived: readonly string[];
  /** In the list no more, without a tombstone before. */
  readonly vanished: readonly string[];
  /** In the list no more, after a tombstone. */
  readonly removed: readonly string[];
}

const PLACE = ['cell', 'account', 'region'];
const MOVES = [...PLACE, 'tier'];
const PINS = ['ring', 'version'];

export function tenantChanges({ tenants }: ManifestDiff): TenantChanges {
  const changed = tenants.changed.map(({ before, fields }) => ({ id: before.id, fields }));
  const having = (accepts: (change: FieldChange) => boolean) =>
    changed.filter(({ fields }) => fields.some(accepts));
  const becoming = (state: SiloTenant['state']) =>
    tenants.changed
      .filter(({ before, after }) => before.state !== after.state && after.state === state)
      .map(({ after }) => after.id);
  const leaving = (state: SiloTenant['state']) =>
    tenants.removed.filter((tenant) => tenant.state === state).map(({ id }) => id);
  return {
    added: tenants.added.map(({ id }) => id),
    changed,
    moved: having((change) => isOf(change, MOVES)),
    pinned: having((change) => isOf(change, PINS) && change.after !== undefined),
    unpinned: having((change) => isOf(change, PINS) && change.after === undefined),
    offboarded: becoming('offboarding'),
    revived: becoming('active'),
    vanished: leaving('active'),
    removed: leaving('offboarding'),
  };
}

/** Whether another stack, in another place, would take the place of the tenant's. */
export function changesPlace({ fields }: Pick<EntryChange<SiloTenant>, 'fields'>): boolean {
  return fields.some((change) => isOf(change, PLACE));
}

function isOf({ path }: FieldChange, names: readonly string[]): boolean {
  return names.includes(path[0] ?? '');
}
