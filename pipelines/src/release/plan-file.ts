import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest } from '@granary/manifest';
import { canonicalTemplate, plannedRelease } from '@granary/release';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { templateName, templateParameters } from '../distributed/tier-templates';

/** Folder of the cloud assembly that the publishing step works in. */
export const RELEASE_FOLDER = 'release';

/** A template of the plan: its digest and its text. */
export interface PlannedTemplate {
  readonly digest: string;
  readonly body: string;
}

/**
 * The plan of a release, as `plans/<release>.json` has it.
 * @param templates by `templateName`; none in pipeline mode
 */
export function releasePlan(manifest: Manifest, templates: ReadonlyMap<string, PlannedTemplate>) {
  return plannedRelease(manifest, (target) => {
    const template = templates.get(templateName(target));
    return template && { templateDigest: template.digest, parameters: templateParameters(manifest, target) };
  });
}

/** Templates of the stage that nobody deploys, from the files that the synthesis wrote. */
export function synthesizedTemplates(assembly: CloudAssembly): ReadonlyMap<string, PlannedTemplate> {
  const nested = assembly.nestedAssemblies.find(({ displayName }) => displayName.endsWith('Templates'));
  if (!nested) return new Map();
  return new Map(
    nested.nestedAssembly.stacks.map((stack) => [
      stack.hierarchicalId.split('/').at(-1) ?? '',
      canonicalTemplate(readFileSync(join(nested.nestedAssembly.directory, stack.templateFile), 'utf8')),
    ]),
  );
}
