import { applyEdits, type FormattingOptions, modify } from 'jsonc-parser';
import { ListEdit } from './list-edit';
import { loadManifest } from './parse';
import type { SiloTenantInput } from './schema';

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
  const edited = listed
    ? new ListEdit(text, 'tenants', formattingOptions).append(tenant)
    : applyEdits(text, modify(text, ['tenants'], [tenant], { formattingOptions }));
  loadManifest(edited, fileName);
  return edited;
}

/** The file's own indentation and line ends, from its first indented line. */
export function formattingOf(text: string): FormattingOptions {
  const [, eol = '\n', indent = '  '] = /(\r\n|\n|\r)([ \t]+)\S/.exec(text) ?? [];
  return {
    insertSpaces: !indent.startsWith('\t'),
    tabSize: indent.startsWith('\t') ? 1 : indent.length,
    eol,
  };
}
