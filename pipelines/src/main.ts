import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildPages, HostingError } from '@granary/hosting';
import { loadManifest, ManifestError, stackName } from '@granary/manifest';
import { App } from 'aws-cdk-lib';
import { bundleFunctions, bundleSteps } from './bundle';
import { manifestPath, packagingOf } from './context';
import { BundledCode } from './function-code';
import { ReleasePipelineStack } from './pipeline';
import { writeRelease } from './release/write-release';
import { ReleaseError } from './release-error';

const WORKSPACE = join(__dirname, '..', '..');

/** Synthesizes the release from the manifest. */
async function main(): Promise<void> {
  // Nobody reads the tree of constructs, and it is written for every tenant.
  const app = new App({ analyticsReporting: false, treeMetadata: false });
  const file = manifestPath(app);
  const manifest = loadManifest(readFileSync(resolve(file), 'utf8'), file);
  const packaging = packagingOf(app);
  bundleSteps();
  const code = new BundledCode(bundleFunctions({ packaging }));
  const pages = await buildPages({ workspace: WORKSPACE });
  const { account, region } = manifest.toolchain;
  new ReleasePipelineStack(app, stackName(manifest, 'pipeline'), {
    env: { account, region },
    description: 'Granary: the release pipeline',
    manifest,
    code,
    pages,
  });
  writeRelease(app.synth(), manifest);
}

main().catch((error: unknown) => {
  // What a person has to mend says so itself; anything else is a fault of ours and keeps its stack.
  if (!(error instanceof ManifestError || error instanceof ReleaseError || error instanceof HostingError))
    throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
