import { statefulResources, type Template } from '@granary/manifest';
import type { Template as SynthesizedTemplate } from 'aws-cdk-lib/assertions';
import { deployment } from '../testing/deployment';
import { controlPlaneTemplate } from '../testing/sample';
import committed from './stateful-resources.json';

const foundIn = (template: SynthesizedTemplate) => statefulResources(template.toJSON() as Template);

/**
 * A logical id that changes makes CloudFormation create an empty resource beside the full one. New resources are
 * added to the list; one that leaves it, or is renamed, loses every tenant's data at the next release.
 */
describe('what a stack must not lose is in the committed list, by logical id and type', () => {
  it('of the control plane', () => {
    expect(foundIn(controlPlaneTemplate())).toEqual(committed['control-plane']);
  });

  it.each(['acme', 'pool-us'])('of the deployment %s', (id) => {
    expect(foundIn(deployment(id))).toEqual(committed.deployment);
  });
});
