import fc from 'fast-check';
import { ManifestError } from './manifest-error';
import { loadManifest } from './parse';
import { sampleManifest, sampleTenant, written } from './sample-manifest';
import { changeTenant, removeTenant } from './tenant-change';

const TEXT = written(sampleManifest());

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
