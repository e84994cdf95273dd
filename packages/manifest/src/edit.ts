import { isDeepStrictEqual } from 'node:util';
import { applyEdits, type FormattingOptions, modify } from 'jsonc-parser';
import { ListEdit } from './list-edit';
import { ManifestError } from './manifest-error';
import { loadManifest } from './parse';
import type { SiloTenantInput } from './schema';

/** Fields to set, by name; `undefined` removes one. */
export type SiloTenantChange = {
  readonly [Field in Exclude<keyof SiloTenantInput, 'id'>]?: SiloTenantInput[Field] | undefined;
};

/**
 * Adds a silo tenant at the end of the list and leaves every other byte as it is.
 *
 * @returns the new text, which is a valid manifest.
 * @throws ManifestError if the text is no valid manifest, or would not be one with this tenant.
 */
export function addTenant(text: string, tenant: SiloTenantInput, fileName = 'tenants.json'): string {
  loadManifest(text, fileName);
  const formattingOptions = formattingOf(text);
  const listed = Array.isArray((JSON.parse(text) as { tenants?: unknown }).tenants);
  return checked(
    listed
      ? new ListEdit(text, 'tenants', formattingOptions).append(tenant)
      : applyEdits(text, modify(text, ['tenants'], [tenant], { formattingOptions })),
    fileName,
  );
}

/**
 * Changes fields of a silo tenant and leaves every other byte as it is. A field that has the value already is
 * left as it is written, so that the same change twice is one.
 *
 * @returns the new text, which is a valid manifest.
 * @throws ManifestError if there is no such tenant, or the text is no valid manifest, before or after.
 */
export function changeTenant(
  text: string,
  tenantId: string,
  change: SiloTenantChange,
  fileName = 'tenants.json',
): string {
  const { index, entry } = find(text, tenantId, fileName);
  const format = formattingOf(text);
  const edited = Object.entries(change)
    .filter(([field, value]) => !isDeepStrictEqual(entry[field], value))
    .reduce((edit, [field, value]) => new ListEdit(edit, 'tenants', format).set(index, field, value), text);
  return edited === text ? text : checked(edited, fileName);
}

/**
 * Writes a tombstone: the tenant's releases end, and its stack goes once its data is purged.
 *
 * @throws what changeTenant throws
 */
export function offboardTenant(text: string, tenantId: string, fileName = 'tenants.json'): string {
  return changeTenant(text, tenantId, { state: 'offboarding' }, fileName);
}

export interface RemoveTenantOptions {
  /** Takes a tenant out that is not offboarding: its stack stays, without releases. @default false */
  readonly active?: boolean;
  /** @default 'tenants.json' */
  readonly fileName?: string;
}

/**
 * Takes a silo tenant out of the list. One that is not there is no failure.
 *
 * @throws ManifestError if the tenant is active, unless that is meant, or the text is no valid manifest.
 */
export function removeTenant(text: string, tenantId: string, options: RemoveTenantOptions = {}): string {
  const { active = false, fileName = 'tenants.json' } = options;
  const { tenants } = loadManifest(text, fileName);
  const index = tenants.findIndex(({ id }) => id === tenantId);
  if (index < 0) return text;
  if (tenants[index]?.state === 'active' && !active)
    throw new ManifestError(
      `tenant "${tenantId}" is active: its stack would stay without an owner; write "state": "offboarding" first, and remove it once its stack is gone`,
    );
  return checked(new ListEdit(text, 'tenants', formattingOf(text)).remove(index), fileName);
}

function find(text: string, tenantId: string, fileName: string) {
  const { tenants } = loadManifest(text, fileName);
  const index = tenants.findIndex(({ id }) => id === tenantId);
  if (index < 0)
    throw new ManifestError(`${fileName} has no silo tenant "${tenantId}": add it, or write the id of another`);
  const raw = JSON.parse(text) as { readonly tenants: readonly Record<string, unknown>[] };
  return { index, entry: raw.tenants[index] ?? {} };
}

function checked(text: string, fileName: string): string {
  loadManifest(text, fileName);
  return text;
}

/** The file's own indentation and line ends, from its first indented line. */
function formattingOf(text: string): FormattingOptions {
  const [, eol = '\n', indent = '  '] = /(\r\n|\n|\r)([ \t]+)\S/.exec(text) ?? [];
  return {
    insertSpaces: !indent.startsWith('\t'),
    tabSize: indent.startsWith('\t') ? 1 : indent.length,
    eol,
  };
}
