import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { applyEdits, modify } from 'jsonc-parser';
import type { Diagnostic } from './diagnostic';
import diagnosticCases from './diagnostics.cases.json';
import { LIMITS } from './limits';
import { ManifestError } from './manifest-error';
import { loadManifest, MAXIMUM_DIAGNOSTICS, parseManifest } from './parse';
import { planRollout } from './rollout';
import { sampleManifest, sampleTenant, written } from './sample-manifest';
import syntaxCases from './syntax.cases.json';

const SAMPLE = written(sampleManifest());

function diagnosticsOf(text: string): readonly Diagnostic[] {
  const result = parseManifest(text);
  return result.ok ? [] : result.diagnostics;
}

/** A change to the sample; without a value, a removal. */
function changed(path: readonly (string | number)[], value?: unknown): string {
  return applyEdits(SAMPLE, modify(SAMPLE, [...path], value, {}));
}

describe('a valid manifest', () => {
  it('is read with every default filled in', () => {
    const manifest = loadManifest(SAMPLE);
    expect(manifest.tiers.basic?.shards).toBe(4);
    expect(manifest.tenants[0]).toMatchObject({ id: 'acme', state: 'active', ring: 'canary' });
    expect(manifest.rollout).toMatchObject({ engine: 'auto', windows: [], freeze: [] });
    expect(manifest.rollout.waves[1]).toEqual({
      name: 'early',
      percentage: 25,
      rings: [],
      bakeMinutes: 30,
      minimumSamples: 100,
      approval: false,
      parallelism: 10,
      tolerate: 0,
      alarms: { onRed: 'halt', insufficientData: 'ignore', blockEntry: true },
    });
  });

  it('is what the repository holds', () => {
    const text = readFileSync(join(__dirname, '..', '..', '..', 'tenants.json'), 'utf8');
    const manifest = loadManifest(text);
    expect(manifest.$schema).toBe('./packages/manifest/tenants.schema.json');
    expect(planRollout(manifest).waves.length).toBeGreaterThan(0);
  });

  it('needs neither pools nor tenants', () => {
    const { pools: _pools, tenants: _tenants, ...rest } = sampleManifest();
    expect(loadManifest(written(rest))).toMatchObject({ pools: [], tenants: [] });
  });
});

describe('a mistake', () => {
  it.each(diagnosticCases)('is explained: $why', ({ at, set, remove, expect: expected }) => {
    const found = diagnosticsOf(changed(at, remove ? undefined : set));
    expect(found.map(({ path }) => path)).toEqual(expected.map(({ path }) => path));
    for (const [index, { message, advice }] of expected.entries()) {
      expect(found[index]?.message).toContain(message);
      expect(found[index]?.advice).toContain(advice);
    }
  });

  it.each(syntaxCases)('in the syntax is explained: $why', ({ text, expect: expected }) => {
    const found = diagnosticsOf(text);
    expect(found.map(({ line, column, path, message }) => `${line}:${column} ${path} ${message}`)).toContain(
      expected,
    );
  });

  it('has the line and the column of the wrong value, and the value', () => {
    const text = SAMPLE.replace('"platinum",\n      "cell": "eu-1"', '"platinun",\n      "cell": "eu-1"');
    const before = text.slice(0, text.indexOf('"platinun"'));
    expect(diagnosticsOf(text)).toEqual([
      {
        path: '$.tenants[2].tier',
        line: before.split('\n').length,
        column: before.length - before.lastIndexOf('\n'),
        value: '"platinun"',
        message: 'no such tier',
        advice: 'did you mean "platinum"?',
      },
    ]);
  });

  it('of every kind is reported at once, in the order of the text', () => {
    const text = SAMPLE.replace('"222222222222"', '222222222222')
      .replace('"us-1"\n    },', '"us-9"\n    },')
      .replace('"percentage": 25', '"percentage": 2,\n        "percentage": 3')
      .replace('"bakeMinutes": 15\n', '"bakeMinutes": 15,\n');
    const found = diagnosticsOf(text);
    expect(found.map(({ path }) => path)).toEqual([
      '$.controlPlane.account',
      '$.pools[0].cell',
      '$.rollout.waves[1].percentage',
      '$.rollout.waves[1].percentage',
      '$',
    ]);
  });

  it('is shown on one line, shortened, with nothing invisible', () => {
    const [found] = diagnosticsOf(changed(['application'], `\u202e\u0007${'x'.repeat(5000)}`));
    expect(found?.value.length).toBeLessThan(120);
    expect(found?.value).toMatch(/^[\x20-\x7e]+…$/);
  });

  it('in a name is shown without anything invisible', () => {
    const [found] = diagnosticsOf(changed(['\u202e\u001b[31m"'], 1));
    expect(found?.path).toBe('$["\\u{202e}\\u{1b}[31m\\""]');
  });

  it('beyond the first hundred waits until those are mended', () => {
    const tenants = Array.from({ length: 5000 }, (_, index) => sampleTenant(`t-${index}`, { cell: 'us-9' }));
    const found = diagnosticsOf(written(sampleManifest(tenants)));
    expect(found).toHaveLength(MAXIMUM_DIAGNOSTICS + 1);
    expect(found.at(-1)?.message).toBe('there are more problems');
  });
});

describe('the bounds', () => {
  it('turn away a file that is too large, unread', () => {
    const found = diagnosticsOf(' '.repeat(LIMITS.bytes + 1));
    expect(found.map(({ message }) => message)).toEqual([
      `the file has ${LIMITS.bytes + 1} bytes, more than ${LIMITS.bytes}`,
    ]);
  });

  it('turn away brackets without end', () => {
    expect(diagnosticsOf('['.repeat(LIMITS.bytes))[0]?.message).toContain('deeper than 16');
  });

  it.each([
    ['unknown fields', () => `{${Array.from({ length: 50_000 }, (_, index) => `"f${index}":1`).join()}}`],
    ['one name again and again', () => `{${'"cells":1,'.repeat(50_000)}"cells":1}`],
    ['wrong entries', () => `{"tenants":[${'1,'.repeat(9_000)}1]}`],
    ['commas', () => `[${','.repeat(200_000)}]`],
  ])('hold a report of a file full of %s', (_what, text) => {
    expect(diagnosticsOf(text())).toHaveLength(MAXIMUM_DIAGNOSTICS + 1);
  });

  it('hold a hundred thousand tenants', () => {
    const tenants = Array.from({ length: LIMITS.tenants }, (_, index) => sampleTenant(`tenant-${index}`));
    expect(loadManifest(written(sampleManifest(tenants))).tenants).toHaveLength(LIMITS.tenants);
  });

  it('turn away the pipeline engine above 250 tenants, and say what to do', () => {
    const tenants = Array.from({ length: 251 }, (_, index) => sampleTenant(`tenant-${index}`));
    const manifest = sampleManifest(tenants);
    const found = diagnosticsOf(
      written({ ...manifest, rollout: { engine: 'pipeline', ...manifest.rollout } }),
    );
    expect(found).toMatchObject([
      {
        path: '$.rollout.engine',
        value: '"pipeline"',
        message: 'the pipeline engine carries 250 silo tenants, not 251',
        advice: 'set the engine to "distributed", or to "auto"',
      },
    ]);
  });
});

describe('reading', () => {
  it('never throws, whatever the text', () => {
    const fragments = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      '\\',
      '\n',
      '\r',
      '//',
      '1e',
      'null',
      '"tenants"',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(fragments).map((parts) => parts.join('')),
        ),
        (text) => {
          const result = parseManifest(text);
          expect(result.ok || result.diagnostics.length > 0).toBe(true);
        },
      ),
    );
  });

  it('never throws, whatever the values', () => {
    const keys = fc.constantFrom(...Object.keys(sampleManifest()));
    fc.assert(
      fc.property(keys, fc.jsonValue({ maxDepth: 4 }), (key, value) => {
        const result = parseManifest(written({ ...sampleManifest(), [key]: value }));
        expect(result.ok || result.diagnostics.every(({ line, column }) => line > 0 && column > 0)).toBe(
          true,
        );
      }),
    );
  });

  it('fails with an error that lists every diagnostic with its place', () => {
    const text = changed(['tenants', 0, 'cell'], 'us-2');
    expect(() => loadManifest(text, 'my.json')).toThrow(ManifestError);
    expect(() => loadManifest(text, 'my.json')).toThrow(
      /^my\.json has 1 problem\nmy\.json:\d+:\d+ \$\.tenants\[0\]\.cell\n {4}no such cell\n {4}found: "us-2"\n {4}did you mean "us-1"\?$/,
    );
  });
});
