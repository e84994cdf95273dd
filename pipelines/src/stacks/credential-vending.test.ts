import { TENANT_SESSION_TAGS, tenantItemActions } from '@granary/auth';
import { deploymentTargets, type ManifestInput } from '@granary/manifest';
import type { App } from 'aws-cdk-lib';
import type { Template } from 'aws-cdk-lib/assertions';
import { DeploymentStage } from '../stage';
import { findings } from '../testing/nag';
import { policyStatements, statementsOf } from '../testing/policy';
import {
  INLINE_CODE,
  resources,
  sampleApp,
  sampleManifest,
  sampleTenant,
  stageTemplate,
} from '../testing/sample';

const OIDC = {
  type: 'oidc',
  issuer: 'https://login.example.com/realms/granary',
  audience: 'granary-spa',
  claims: { tenantId: 'https://example.com/tenant' },
} as const;

/** The template of silo tenant `acme`, with fields of its own. */
function silo(fields: Partial<NonNullable<ManifestInput['tenants']>[number]>): Template {
  return stageTemplate(stageOf(fields));
}

function stageOf(fields: object): DeploymentStage {
  const manifest = sampleManifest({ tenants: [sampleTenant('acme', { ring: 'canary', ...fields })] });
  const target = deploymentTargets(manifest).find(({ id }) => id === 'acme');
  if (!target) throw new Error('no deployment "acme"');
  return new DeploymentStage(sampleApp(), target, { manifest, code: INLINE_CODE });
}

const environments = (template: Template): Readonly<Record<string, Record<string, unknown>>> =>
  Object.fromEntries(
    Object.entries(resources(template, 'AWS::Lambda::Function')).map(([id, { Properties }]) => [
      id.replace(/Function[0-9A-F]{8}$/, ''),
      Properties.Environment?.Variables ?? {},
    ]),
  );

/** The value that a template has for one of its parameters. */
const parameter = (template: Template, name: string): string => template.toJSON().Parameters[name].Default;

function tenantRole(template: Template) {
  const roles = Object.entries(resources(template, 'AWS::IAM::Role'));
  const [, role] = roles.find(([id]) => id.startsWith('TenantRole')) ?? [];
  return role?.Properties.AssumeRolePolicyDocument ?? {};
}

/** The trust policy of the tenant role: a text with references in it, read with the references as words. */
function trustOf(template: Template) {
  const [separator, parts] = tenantRole(template)['Fn::Join'] as [string, unknown[]];
  const words = parts.map((part) =>
    typeof part === 'string'
      ? part
      : Object.values(part as object)
          .flat()
          .join('.')
          .replace(/[0-9A-F]{8}/, ''),
  );
  return JSON.parse(words.join(separator));
}

describe('the authorizer’s vending', () => {
  test('is the default: no provider, no trigger, no role for the services', () => {
    const template = silo({});
    expect(resources(template, 'AWS::IAM::OIDCProvider')).toEqual({});
    expect(Object.keys(environments(template)).filter((id) => id.startsWith('SessionTags'))).toEqual([]);
    const [pool] = Object.values(resources(template, 'AWS::Cognito::UserPool'));
    expect(pool?.Properties).not.toHaveProperty('LambdaConfig');
    const { Authorizer, Product, Order } = environments(template);
    expect(Authorizer).toHaveProperty('TENANT_ROLE_ARN');
    for (const service of [Product, Order]) expect(service).not.toHaveProperty('TENANT_ROLE_ARN');
  });
});

describe('vending by web identity', () => {
  const template = silo({ credentialVending: 'web-identity' });

  test('the tenant role trusts tokens of the deployment’s user pool for its client, with every tag and no other', () => {
    expect(trustOf(template)).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Federated: 'Issuer.Arn' },
          Action: ['sts:AssumeRoleWithWebIdentity', 'sts:TagSession'],
          Condition: {
            StringEquals: { 'UsersPool.ProviderName:aud': 'UsersPoolClient' },
            StringLike: Object.fromEntries(TENANT_SESSION_TAGS.map((tag) => [`aws:RequestTag/${tag}`, '?*'])),
            'ForAllValues:StringEquals': { 'aws:TagKeys': [...TENANT_SESSION_TAGS] },
          },
        },
      ],
    });
    const [provider] = Object.values(resources(template, 'AWS::IAM::OIDCProvider'));
    expect(JSON.stringify(provider?.Properties.Url)).toContain('ProviderName');
    expect(provider?.Properties.ClientIdList).toEqual([{ Ref: expect.stringMatching(/^UsersPoolClient/) }]);
  });

  test('no function has a permission to assume it', () => {
    const assuming = policyStatements(template).filter(({ actions }) =>
      actions.some((each) => each.startsWith('sts:')),
    );
    expect(assuming).toEqual([]);
    for (const service of ['Product', 'Order'])
      expect(
        statementsOf(template, service).flatMap(({ actions }) =>
          actions.filter((each) => /^(dynamodb|s3):/.test(each)),
        ),
      ).toEqual([]);
  });

  test('the services are told to vend, the authorizer not to', () => {
    const { Authorizer, Product, Order } = environments(template);
    expect(Authorizer).toMatchObject({ CREDENTIAL_VENDING: 'web-identity' });
    expect(Authorizer).not.toHaveProperty('TENANT_ROLE_ARN');
    for (const service of [Product, Order])
      expect(service).toMatchObject({
        CREDENTIAL_VENDING: 'web-identity',
        TENANT_ROLE_ARN: expect.anything(),
      });
  });

  test('the user pool asks the trigger, in the version that lets claims be objects, for tags', () => {
    const [pool] = Object.values(resources(template, 'AWS::Cognito::UserPool'));
    expect(pool?.Properties).toMatchObject({
      UserPoolTier: 'ESSENTIALS',
      LambdaConfig: { PreTokenGenerationConfig: { LambdaVersion: 'V2_0', LambdaArn: expect.anything() } },
    });
    const callers = Object.values(resources(template, 'AWS::Lambda::Permission')).map(
      ({ Properties }) => Properties,
    );
    expect(callers).toContainEqual(
      expect.objectContaining({
        Principal: 'cognito-idp.amazonaws.com',
        SourceArn: { 'Fn::GetAtt': [expect.stringMatching(/^UsersPool/), 'Arn'] },
      }),
    );
  });

  test('a session reaches the same rows by the same actions, those of administrators by the tag of the role', () => {
    const [all] = statementsOf(silo({}), 'TenantRole');
    const [everybody, administrators, ...others] = statementsOf(template, 'TenantRole');
    expect(others).toEqual([]);
    expect(everybody).toEqual({ ...all, actions: tenantItemActions('TenantUser') });
    expect(administrators).toEqual({
      resources: all?.resources,
      actions: ['dynamodb:BatchWriteItem', 'dynamodb:DeleteItem'],
      conditions: {
        ...(all?.conditions as object),
        StringEquals: { 'aws:PrincipalTag/Role': 'TenantAdmin' },
      },
    });
    expect([...(everybody?.actions ?? []), ...(administrators?.actions ?? [])].sort()).toEqual(
      [...(all?.actions ?? [])].sort(),
    );
  });

  test('AWS’s rules find nothing that is not explained', () => {
    const stage = stageOf({ credentialVending: 'web-identity' });
    (stage.node.root as App).synth();
    expect(findings(stage.node.root)).toEqual([]);
  }, 60_000);
});

describe('an issuer of the manifest', () => {
  test('is handed to the authorizer whole', () => {
    const template = silo({ identity: OIDC });
    const { Authorizer } = environments(template);
    expect(Authorizer?.IDENTITY_PROVIDER).toEqual({ Ref: 'IdentityProvider' });
    expect(JSON.parse(parameter(template, 'IdentityProvider'))).toEqual({
      ...OIDC,
      claims: {
        userId: 'sub',
        userName: 'email',
        userRole: 'userRole',
        tenantId: 'https://example.com/tenant',
        tier: 'tier',
      },
    });
  });

  test('that tokens are vended by is the account’s own provider, and brings the tags itself', () => {
    const template = silo({ identity: OIDC, credentialVending: 'web-identity' });
    expect(resources(template, 'AWS::IAM::OIDCProvider')).toEqual({});
    const [pool] = Object.values(resources(template, 'AWS::Cognito::UserPool'));
    expect(pool?.Properties).not.toHaveProperty('LambdaConfig');
    const [statement] = trustOf(template).Statement;
    expect(statement.Principal.Federated).toMatch(/:iam::222222222222:oidc-provider\/IdentityHost$/);
    expect(statement.Condition.StringEquals).toEqual({ 'IdentityHost:aud': 'IdentityAudience' });
    expect(parameter(template, 'IdentityHost')).toBe('login.example.com/realms/granary');
    expect(parameter(template, 'IdentityAudience')).toBe('granary-spa');
  });
});
