import { deploymentTargets } from '@granary/manifest';
import { Fn } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { deployment } from '../testing/deployment';
import { physicalNames } from '../testing/physical-names';
import { INLINE_CODE, resources, sampleApp, sampleManifest } from '../testing/sample';
import { TenantStack } from './tenant-stack';

/** Logical ids; the API's snapshot is named by its content, which holds the API's name. */
function ids(template: Template): readonly string[] {
  return Object.keys(resources(template)).map((id) =>
    id.replace(/(ApiDeployment[0-9A-F]{8})[0-9a-f]{32}$/, '$1'),
  );
}

test('two tenants’ templates have the same resources: their ids are in no logical id', () => {
  expect(ids(deployment('globex'))).toEqual(ids(deployment('acme')));
});

test('a stack whose tenant is a parameter has the same resources: tenants can move between release engines', () => {
  const manifest = sampleManifest();
  const silo = deploymentTargets(manifest).find(({ id }) => id === 'acme');
  const parametrized = new TenantStack(sampleApp(), 'Stack', {
    env: { account: '222222222222', region: 'us-east-1' },
    stackName: 'granary-acme',
    application: manifest.application,
    deploymentId: Fn.ref('DeploymentId'),
    tiers: silo?.tiers ?? [],
    controlAccount: manifest.controlPlane.account,
    toolchainAccount: manifest.toolchain.account,
    controlRegion: manifest.controlPlane.region,
    code: INLINE_CODE,
  });
  expect(ids(Template.fromStack(parametrized))).toEqual(ids(deployment('acme')));
});

test('two tenants’ templates differ in names that hold their ids and in nothing else', () => {
  const anonymous = (id: string) =>
    JSON.parse(
      JSON.stringify(deployment(id).toJSON())
        .replaceAll(id, '<id>')
        .replaceAll(/(AnyAlarm)[0-9A-F]{8}/g, '$1')
        .replaceAll(/(ApiDeployment[0-9A-F]{8})[0-9a-f]{32}/g, '$1'),
    );
  expect(anonymous('globex')).toEqual(anonymous('acme'));
});

test('tenants share an account and region: no physical name of one is another’s', () => {
  const [acme, globex, pool] = ['acme', 'globex', 'pool-us'].map((id) => physicalNames(deployment(id)));
  expect(acme).not.toEqual([]);
  expect(acme?.filter((name) => globex?.includes(name) || pool?.includes(name))).toEqual([]);
});
