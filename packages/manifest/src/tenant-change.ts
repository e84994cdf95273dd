import { isDeepStrictEqual } from 'node:util';
import { formattingOf } from './edit';
import { ListEdit } from './list-edit';
import { ManifestError } from './manifest-error';
import { loadManifest } from './parse';
import type { SiloTenantInput } from './schema';

/** Fields of a tenant to set; `undefined` takes the field out. Its id stays what it is. */
export type SiloTenantChange = {
  readonly [Field in Exclude<keyof SiloTenantInput, 'id'>]?: SiloTenantInput[Field] | undefined;
};

/**
 * Changes fields of a silo tenant and leaves every other byte as it is. A field that says so already stays as it
 * is written.
 *
 * @returns the new text, which is a valid manifest; the same text when all is so already
 * @throws ManifestError if the text is no valid manifest, does not list the tenant, or would no longer hold
 */
export function changeTenant(
  text: string,
  tenantId: string,
  fields: SiloTenantChange,
  fileName = 'tenants.json',
): string {
  const index = placeOf(text, tenantId, fileName);
  const format = formattingOf(text);
  const now = tenantAt(text, index);
  const edited = Object.entries(fields)
    .filter(([name, value]) => !isDeepStrictEqual(now[name], value))
    .reduce((edit, [name, value]) => new ListEdit(edit, 'tenants', format).set(index, name, value), text);
  if (edited !== text) loadManifest(edited, fileName);
  return edited;
}

/**
 * Takes a silo tenant out of the list and leaves every other byte as it is. Its stack is not deleted by that.
 *
 * @returns the new text, which is a valid manifest
 * @throws ManifestError as `changeTenant` does
 */
export function removeTenant(text: string, tenantId: string, fileName = 'tenants.json'): string {
  const index = placeOf(text, tenantId, fileName);
  const edited = new ListEdit(text, 'tenants', formattingOf(text)).remove(index);
  loadManifest(edited, fileName);
  return edited;
}

function placeOf(text: string, tenantId: string, fileName: string): number {
  const index = loadManifest(text, fileName).tenants.findIndex(({ id }) => id === tenantId);
  if (index < 0)
    throw new ManifestError(`${fileName} lists no tenant "${tenantId}": name one of its silo tenants`);
  return index;
}

function tenantAt(text: string, index: number): Readonly<Record<string, unknown>> {
  const { tenants } = JSON.parse(text) as { readonly tenants: readonly Record<string, unknown>[] };
  return tenants[index] ?? {};
}
