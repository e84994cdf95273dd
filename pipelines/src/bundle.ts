import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type BuildOptions, buildSync, version } from 'esbuild';
import { BundleStamps } from './bundle-stamps';
import { FUNCTION_ENTRIES, type FunctionEntry, SHARED_MODULES, STEP_ENTRIES } from './function-entries';

const PACKAGE = join(__dirname, '..');
const WORKSPACE = join(PACKAGE, '..');

/** Output of the synth step that the registration and smoke tests run from. */
export const STEPS_FOLDER = 'pipelines/dist/steps';

/**
 * How a function's libraries travel. `bundled`: in its own file, without what it does not use. `layer`: the
 * shared ones in one Lambda layer, so that a function's own package is small.
 */
export const PACKAGINGS = ['bundled', 'layer'] as const;
export type Packaging = (typeof PACKAGINGS)[number];

/** Folders of what has been bundled. */
export interface Bundles {
  readonly functions: ReadonlyMap<FunctionEntry, string>;
  /** A layer's content. @default none: every function carries its own */
  readonly runtime?: string;
}

export interface BundleOptions {
  /** @default 'bundled' */
  readonly packaging?: Packaging;
  /** Where to write; bundles that are there and fresh stay. @default pipelines/dist/functions */
  readonly folder?: string;
}

/** The same bytes for the same sources, wherever the checkout is. The AWS SDK's pinned version is in it. */
const OPTIONS: BuildOptions = {
  bundle: true,
  minify: true,
  keepNames: true,
  platform: 'node',
  target: 'node22',
  format: 'cjs',
  mainFields: ['module', 'main'],
  legalComments: 'none',
  logLevel: 'error',
  absWorkingDir: WORKSPACE,
};

/** Only for what Lambda runs: the steps' credentials come from their build's container. */
const FUNCTION_OPTIONS: BuildOptions = {
  ...OPTIONS,
  alias: { '@aws-sdk/credential-provider-node': join(PACKAGE, 'src', 'function-credentials.ts') },
};

/** Bundles each function once, into `<folder>/<entry>/index.js`, and the shared runtime if there is to be one. */
export function bundleFunctions(options: BundleOptions = {}): Bundles {
  const { packaging = 'bundled', folder = join(PACKAGE, 'dist', 'functions') } = options;
  const entries = Object.entries(FUNCTION_ENTRIES) as [FunctionEntry, string][];
  const external = packaging === 'layer' ? [...SHARED_MODULES] : [];
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder))
    if (!(name in FUNCTION_ENTRIES)) rmSync(join(folder, name), { recursive: true, force: true });
  const stamps = new BundleStamps(`${folder}.sources.json`, WORKSPACE, {
    ...{ version, external, options: FUNCTION_OPTIONS, entries },
    // Which files an import leads to.
    installed: readFileSync(join(WORKSPACE, 'pnpm-lock.yaml'), 'utf8'),
  });
  const stale = entries.filter(([name]) => !stamps.isFresh(name, join(folder, name, 'index.js')));
  const { metafile } = buildSync({
    ...FUNCTION_OPTIONS,
    entryPoints: stale.map(([name, path]) => ({ in: path, out: `${name}/index` })),
    outdir: folder,
    external,
    metafile: true,
  });
  stamps.record(metafile, (output) => basename(dirname(output)));
  const functions = new Map(entries.map(([name]) => [name, join(folder, name)]));
  return packaging === 'layer'
    ? { functions, runtime: bundleRuntime(join(folder, 'runtime')) }
    : { functions };
}

/** Each shared module as a file of its own that finds the others beside it. */
function bundleRuntime(folder: string): string {
  mkdirSync(folder, { recursive: true });
  for (const name of SHARED_MODULES)
    buildSync({
      ...FUNCTION_OPTIONS,
      // From a package that depends on all of them.
      stdin: { contents: `export * from '${name}';`, resolveDir: join(WORKSPACE, 'packages', 'auth') },
      outfile: join(folder, 'nodejs', 'node_modules', name, 'index.js'),
      external: SHARED_MODULES.filter((other) => other !== name),
    });
  return folder;
}

/** Bundles the pipeline's steps into `STEPS_FOLDER`. */
export function bundleSteps(): void {
  const folder = join(WORKSPACE, STEPS_FOLDER);
  rmSync(folder, { recursive: true, force: true });
  buildSync({
    ...OPTIONS,
    entryPoints: Object.entries(STEP_ENTRIES).map(([name, path]) => ({ in: join(PACKAGE, path), out: name })),
    outdir: folder,
  });
}

/** Bundles the publishing step into a folder of the cloud assembly, beside what it publishes. */
export function bundlePublisher(folder: string): void {
  buildSync({
    ...OPTIONS,
    entryPoints: [{ in: join(PACKAGE, 'src/steps/publish-release.ts'), out: 'publish-release' }],
    outdir: folder,
  });
}
