import fc from 'fast-check';
import { addTenant } from './edit';
import { ManifestError } from './manifest-error';
import { loadManifest } from './parse';
import { sampleManifest, sampleTenant, written } from './sample-manifest';

const NEW = sampleTenant('hooli', { name: 'Hooli', cell: 'eu-1' });

describe('adding a tenant', () => {
  it('appends it and keeps every other line', () => {
    const text = written(sampleManifest());
    const edited = addTenant(text, NEW);
    const added = edited.split('\n').filter((line, index) => line !== text.split('\n')[index]);
    expect(edited.startsWith(text.slice(0, text.indexOf('admin@umbrella')))).toBe(true);
    expect(edited.endsWith(text.slice(text.indexOf('  "rollout"')))).toBe(true);
    expect(added).toContain('      "id": "hooli",');
  });

  it.each([
    ['two spaces', '\n', '  '],
    ['four spaces', '\n', '    '],
    ['tabs', '\n', '\t'],
    ['lines of Windows', '\r\n', '  '],
  ])('keeps the file its %s', (_name, eol, indent) => {
    const style = (manifest: unknown) => JSON.stringify(manifest, undefined, indent).replaceAll('\n', eol);
    const sample = sampleManifest();
    expect(addTenant(style(sample), NEW)).toBe(
      style({ ...sample, tenants: [...(sample.tenants ?? []), NEW] }),
    );
  });

  it('keeps all that the file said, and says one tenant more', () => {
    const counts = fc.integer({ min: 0, max: 8 });
    const indents = fc.constantFrom(undefined, '  ', '    ', '\t');
    const id = fc.stringMatching(/^x[a-z0-9-]{1,30}[a-z0-9]$/);
    fc.assert(
      fc.property(counts, indents, id, (count, indent, tenantId) => {
        const before = sampleManifest(
          Array.from({ length: count }, (_, index) => sampleTenant(`tenant-${index}`)),
        );
        const tenant = sampleTenant(tenantId);
        const edited = addTenant(JSON.stringify(before, undefined, indent), tenant);
        expect(JSON.parse(edited)).toEqual({ ...before, tenants: [...(before.tenants ?? []), tenant] });
        expect(loadManifest(edited).tenants).toHaveLength(count + 1);
      }),
    );
  });

  it('makes the list if there is none', () => {
    const { tenants: _tenants, ...rest } = sampleManifest();
    expect(loadManifest(addTenant(written(rest), NEW)).tenants.map(({ id }) => id)).toEqual(['hooli']);
  });

  it('is refused if the manifest would no longer hold', () => {
    const text = written(sampleManifest());
    expect(() => addTenant(text, sampleTenant('acme'))).toThrow('is also the id of $.tenants[0]');
    expect(() => addTenant('{', NEW)).toThrow(ManifestError);
  });
});
