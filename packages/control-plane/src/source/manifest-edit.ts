import { addTenant, changeTenant, loadManifest, ManifestError, removeTenant } from '@granary/manifest';
import { SourceError } from './source-error';
import type { AddTenantRequest, ChangeTenantRequest, TenantRequest } from './source-provider';

/** A change of the manifest's text, and what a commit says of it. */
export interface ManifestEdit {
  readonly subject: string;
  /** Gives the same text when there is nothing to change. @throws SourceError */
  apply(text: string): string;
}

export function additionOf({ tenant }: AddTenantRequest): ManifestEdit {
  return edit(`Add tenant ${tenant.id}`, (text) => {
    const known = entryOf(text, tenant.id);
    if (known === undefined) return addTenant(text, tenant);
    // A tombstone: the tenant comes back, into a stack of its own again.
    if (known.state === 'offboarding') {
      const { id, ...fields } = tenant;
      return changeTenant(text, id, { ...fields, state: undefined });
    }
    const different = Object.entries(tenant).filter(
      ([name, value]) => JSON.stringify(known[name]) !== JSON.stringify(value),
    );
    if (different.length === 0) return text;
    throw new SourceError(
      `tenants.json lists "${tenant.id}" already, with another ${different.map(([name]) => name).join(', ')}; choose another id, or change the entry`,
      { transient: false },
    );
  });
}

export function changeOf({ tenantId, fields }: ChangeTenantRequest): ManifestEdit {
  const names = Object.keys(fields).join(', ');
  return edit(`Change ${names} of tenant ${tenantId}`, (text) => changeTenant(text, tenantId, fields));
}

export function offboardingOf({ tenantId }: TenantRequest): ManifestEdit {
  return edit(`Offboard tenant ${tenantId}`, (text) =>
    changeTenant(text, tenantId, { state: 'offboarding' }),
  );
}

export function removalOf({ tenantId }: TenantRequest): ManifestEdit {
  return edit(`Remove tenant ${tenantId}`, (text) =>
    entryOf(text, tenantId) === undefined ? text : removeTenant(text, tenantId),
  );
}

function edit(subject: string, apply: (text: string) => string): ManifestEdit {
  return {
    subject,
    apply(text) {
      try {
        return apply(text);
      } catch (cause) {
        if (!(cause instanceof ManifestError)) throw cause;
        throw new SourceError(`${subject.toLowerCase()}: ${cause.message}`, { transient: false, cause });
      }
    },
  };
}

/** A tenant as the file writes it; the file holds as a manifest. */
function entryOf(text: string, tenantId: string): Readonly<Record<string, unknown>> | undefined {
  loadManifest(text);
  const { tenants = [] } = JSON.parse(text) as { readonly tenants?: readonly Record<string, unknown>[] };
  return tenants.find(({ id }) => id === tenantId);
}
