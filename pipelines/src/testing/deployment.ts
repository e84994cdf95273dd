import { deploymentTargets } from '@granary/manifest';
import type { Template } from 'aws-cdk-lib/assertions';
import { DeploymentStage } from '../stage';
import { resolvedTemplate } from './resolved-template';
import { INLINE_CODE, sampleApp, sampleManifest, stageTemplate } from './sample';

const templates = new Map<string, Template>();

/** The template of a deployment of the sample manifest, its parameters filled in. */
export function deployment(id: string): Template {
  const known = templates.get(id);
  if (known) return known;
  const manifest = sampleManifest();
  const target = deploymentTargets(manifest).find((each) => each.id === id);
  if (!target) throw new Error(`no deployment "${id}"`);
  const template = resolvedTemplate(
    stageTemplate(new DeploymentStage(sampleApp(), target, { manifest, code: INLINE_CODE })),
  );
  templates.set(id, template);
  return template;
}
