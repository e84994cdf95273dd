import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, buildSync } from 'esbuild';
import { FUNCTION_ENTRIES, type FunctionEntry, STEP_ENTRIES } from './function-entries';

const PACKAGE = join(__dirname, '..');
const WORKSPACE = join(PACKAGE, '..');

/** Output of the synth step that the registration and smoke tests run from. */
export const STEPS_FOLDER = 'pipelines/dist/steps';

/** One file with all that it needs, the AWS SDK's pinned version included: the same bytes for the same sources. */
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
  // Paths in error messages and names are relative to it, so a checkout's place does not change the hash.
  absWorkingDir: WORKSPACE,
};

/** Bundles each function once, into `dist/functions/<entry>/index.js`; answers the folders. */
export function bundleFunctions(): ReadonlyMap<FunctionEntry, string> {
  const folder = join(PACKAGE, 'dist', 'functions');
  rmSync(folder, { recursive: true, force: true });
  const entries = Object.entries(FUNCTION_ENTRIES) as [FunctionEntry, string][];
  buildSync({
    ...OPTIONS,
    entryPoints: entries.map(([name, path]) => ({ in: path, out: `${name}/index` })),
    outdir: folder,
  });
  return new Map(entries.map(([name]) => [name, join(folder, name)]));
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
