import { COGNITO_CLAIMS } from '@granary/auth';
import { deploymentTargets, type Manifest } from '@granary/manifest';
import type { Template } from 'aws-cdk-lib/assertions';
import { DeploymentStage } from '../stage';
import {
  controlPlaneTemplate,
  INLINE_CODE,
  resources,
  sampleApp,
  sampleManifest,
  stageTemplate,
} from '../testing/sample';

const manifest: Manifest = sampleManifest();

/** Every stack with users: the control plane, each pool and each silo, vending in either way. */
const STACKS: readonly (readonly [string, () => Template])[] = [
  ['the control plane', () => controlPlaneTemplate(manifest)],
  ...deploymentTargets(manifest).flatMap((target) =>
    (['authorizer', 'web-identity'] as const).map(
      (credentialVending) =>
        [
          `${target.id} (${credentialVending})`,
          () =>
            stageTemplate(
              new DeploymentStage(
                sampleApp(),
                { ...target, credentialVending },
                { manifest, code: INLINE_CODE },
              ),
            ),
        ] as const,
    ),
  ),
];

const CUSTOM_CLAIMS = Object.values(COGNITO_CLAIMS).filter((name) => name.startsWith('custom:'));

describe.each(STACKS)('%s', (_name, templateOf) => {
  const template = templateOf();
  const pools = Object.values(resources(template, 'AWS::Cognito::UserPool'));
  const clients = Object.values(resources(template, 'AWS::Cognito::UserPoolClient'));

  test('nobody signs up to a user pool', () => {
    expect(pools).toHaveLength(1);
    for (const { Properties } of pools)
      expect(Properties.AdminCreateUserConfig).toMatchObject({ AllowAdminCreateUserOnly: true });
  });

  test('no client writes a claim that tokens are trusted for, nor any other custom attribute or the e-mail', () => {
    expect(clients).toHaveLength(1);
    for (const { Properties } of clients) {
      // Without the list a client writes every attribute there is.
      expect(Properties.WriteAttributes).not.toEqual([]);
      expect(Properties.WriteAttributes).toEqual(expect.any(Array));
      for (const claim of [...CUSTOM_CLAIMS, 'email', 'email_verified'])
        expect(Properties.WriteAttributes).not.toContain(claim);
      expect(Properties.WriteAttributes.filter((name: string) => name.startsWith('custom:'))).toEqual([]);
    }
  });

  test('no identity pool and no other way in hands out credentials or tokens', () => {
    for (const type of ['AWS::Cognito::IdentityPool', 'AWS::Cognito::UserPoolIdentityProvider'])
      expect(resources(template, type)).toEqual({});
    for (const { Properties } of clients) expect(Properties.AllowedOAuthFlows ?? []).toEqual([]);
  });
});
