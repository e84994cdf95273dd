import fc from 'fast-check';
import { addTenant } from './edit';
import { ManifestError } from './manifest-error';
import { loadManifest } from './parse';
import { sampleManifest, sampleTenant, written } from './sample-manifest';
import { changeTenant, removeTenant, type SiloTenantChange } from './tenant-change';

const TEXT = written(sampleManifest());

const STYLES = [
  ['two spaces', (manifest: unknown) => written(manifest)],
  ['tabs', (manifest: unknown) => JSON.stringify(manifest, undefined, '\t')],
  ['lines of Windows', (manifest: unknown) => written(manifest).replaceAll('\n', '\r\n')],
  ['one line', (manifest: unknown) => JSON.stringify(manifest)],
] as const;

const changes: fc.Arbitrary<SiloTenantChange> = fc.record(
  {
    cell: fc.constantFrom('us-1', 'eu-1'),
    ring: fc.constantFrom('canary', undefined),
    version: fc.constantFrom('0123abc', 'fedcba9', undefined),
    account: fc.constantFrom('444444444444', undefined),
    state: fc.constantFrom('active', 'offboarding', undefined),
    quota: fc.constantFrom({ requestsPerDay: 5 }, undefined),
  },
  { requiredKeys: [] },
);

/** What a change makes of a tenant. */
function changedTenant<T extends object>(tenant: T, change: SiloTenantChange): T {
  const entries = Object.entries({ ...tenant, ...change }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as T;
}

describe('changing a tenant', () => {
  it('sets a field, takes one out, and keeps every other line', () => {
    const edited = changeTenant(TEXT, 'acme', { state: 'offboarding', ring: undefined });
    const [before, after] = [TEXT, edited].map((text) => text.split('\n'));
    expect(after?.filter((line) => !before?.includes(line)).map((line) => line.trim())).toEqual([
      '"state": "offboarding"',
    ]);
    expect(loadManifest(edited).tenants[0]).toMatchObject({ id: 'acme', state: 'offboarding' });
    expect(loadManifest(edited).tenants[0]).not.toHaveProperty('ring');
  });

  it('gives the same text when all is so already', () => {
    expect(changeTenant(TEXT, 'initech', { cell: 'eu-1', ring: undefined })).toBe(TEXT);
  });

  it('is refused for a tenant that the list does not hold, and when the manifest would no longer hold', () => {
    expect(() => changeTenant(TEXT, 'hooli', { name: 'Hooli' })).toThrow('lists no tenant "hooli"');
    expect(() => changeTenant(TEXT, 'acme', { cell: 'moon' })).toThrow(ManifestError);
  });
});

describe('removing a tenant', () => {
  it('leaves all others and their formatting', () => {
    const tenants = fc.integer({ min: 1, max: 6 });
    const indents = fc.constantFrom('  ', '    ', '\t');
    fc.assert(
      fc.property(tenants, fc.nat(), indents, (count, place, indent) => {
        const all = Array.from({ length: count }, (_, index) => sampleTenant(`tenant-${index}`));
        const gone = `tenant-${place % count}`;
        const style = (some: typeof all) => JSON.stringify(sampleManifest(some), undefined, indent);
        const left = all.filter(({ id }) => id !== gone);
        const edited = removeTenant(style(all), gone);
        expect(JSON.parse(edited)).toEqual(sampleManifest(left));
        if (left.length > 0) expect(edited).toBe(style(left));
      }),
    );
  });
});

describe('a change', () => {
  it.each(STYLES)('writes what the change says in a file of %s, and nothing else', (_name, style) => {
    const sample = sampleManifest();
    fc.assert(
      fc.property(changes, fc.nat(3), (change, index) => {
        const tenants = (sample.tenants ?? []).map((tenant, place) =>
          place === index ? changedTenant(tenant, change) : tenant,
        );
        const id = sample.tenants?.[index]?.id ?? '';
        const edited = changeTenant(style(sample), id, change);
        expect(edited).toBe(style({ ...sample, tenants }));
      }),
    );
  });

  it('twice is changing it once', () => {
    const text = written(sampleManifest());
    fc.assert(
      fc.property(changes, (change) => {
        const once = changeTenant(text, 'globex', change);
        expect(changeTenant(once, 'globex', change)).toBe(once);
      }),
    );
  });

  it('leaves the layout of its neighbours, and its own', () => {
    const sample = sampleManifest([]);
    const text = written(sample).replace(
      '"tenants": []',
      `"tenants": [
    { "id": "acme", "name": "Acme", "tier": "platinum", "cell": "us-1", "adminEmail": "a@acme.example" },
    { "id":"globex",  "name":"Globex","tier":"platinum", "cell":"us-1", "adminEmail":"a@globex.example" }
  ]`,
    );
    expect(changeTenant(text, 'acme', { ring: 'canary', cell: 'eu-1' })).toBe(
      text.replace(
        '"cell": "us-1", "adminEmail": "a@acme.example" }',
        '"cell": "eu-1", "adminEmail": "a@acme.example", "ring": "canary" }',
      ),
    );
    expect(removeTenant(text, 'globex')).toBe(text.replace(/,\n.*globex.*/, ''));
  });
});

it.each(STYLES)('removing undoes adding, to the byte, in a file of %s', (_name, style) => {
  const text = style(sampleManifest());
  expect(removeTenant(addTenant(text, sampleTenant('hooli')), 'hooli')).toBe(text);
});
