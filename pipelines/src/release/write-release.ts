import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Manifest } from '@granary/manifest';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { bundlePublisher } from '../bundle';
import { RELEASE_FOLDER, releasePlan, synthesizedTemplates } from './plan-file';

/** Puts beside the synthesized templates what the publishing step needs: the plan, the templates, its script. */
export function writeRelease(assembly: CloudAssembly, manifest: Manifest): void {
  // Absolute: the bundler counts from another folder.
  const folder = resolve(assembly.directory, RELEASE_FOLDER);
  mkdirSync(join(folder, 'templates'), { recursive: true });
  const templates = synthesizedTemplates(assembly);
  for (const { digest, body } of templates.values())
    writeFileSync(join(folder, 'templates', `${digest}.json`), body);
  writeFileSync(join(folder, 'plan.json'), JSON.stringify(releasePlan(manifest, templates)));
  bundlePublisher(folder);
}
