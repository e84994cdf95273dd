import type { PreTokenGenerationV2TriggerEvent } from 'aws-lambda';
import { handler } from './handlers/session-tags';
import { TENANT_SESSION_TAGS } from './session-policy';
import { claimedTags, SESSION_TAGS_CLAIM, sessionTagsClaim } from './session-tags';

const TAGS = { TenantId: 'acme', Role: 'TenantUser', Tier: 'basic' };

const ATTRIBUTES = {
  sub: '6f1c2f0e-0000-4000-8000-00000000acee',
  email: 'ann@acme.example',
  'custom:tenantId': 'acme',
  'custom:userRole': 'TenantUser',
  'custom:tenantTier': 'basic',
};

const event = (changes: object = {}, attributes: object = {}) =>
  ({
    version: '2',
    triggerSource: 'TokenGeneration_Authentication',
    userName: 'ann',
    request: { userAttributes: { ...ATTRIBUTES, ...attributes }, groupConfiguration: {}, ...changes },
    response: { claimsAndScopeOverrideDetails: null },
  }) as unknown as PreTokenGenerationV2TriggerEvent;

it('the id token gets the tags of the user’s own attributes, the access token nothing', async () => {
  const { response } = await handler(event());
  expect(response).toEqual({
    claimsAndScopeOverrideDetails: {
      idTokenGeneration: {
        claimsToAddOrOverride: {
          'https://aws.amazon.com/tags': {
            principal_tags: { TenantId: ['acme'], Role: ['TenantUser'], Tier: ['basic'] },
            transitive_tag_keys: ['TenantId', 'Role', 'Tier'],
          },
        },
      },
    },
  });
});

it('nothing that the client sends reaches the tags', async () => {
  const asked = {
    clientMetadata: { 'custom:tenantId': 'globex', TenantId: 'globex', Role: 'TenantAdmin' },
    groupConfiguration: { groupsToOverride: ['TenantAdmin'] },
  };
  expect((await handler(event(asked))).response).toEqual((await handler(event())).response);
});

it.each([
  ['custom:tenantId', undefined],
  ['custom:tenantId', 'acme*'],
  ['custom:userRole', 'SystemAdmin'],
  ['custom:tenantTier', undefined],
])('a user whose %s is %p gets no token', async (name, value) => {
  await expect(handler(event({}, { [name]: value }))).rejects.toThrow(`missing or malformed ${name}`);
});

it('a claim names every tag that the tenant role’s trust asks for, and is read back as it was written', () => {
  expect(Object.keys(sessionTagsClaim(TAGS).principal_tags)).toEqual([...TENANT_SESSION_TAGS]);
  expect(claimedTags({ [SESSION_TAGS_CLAIM]: sessionTagsClaim(TAGS) })).toEqual(TAGS);
});

it('the flat form of issuers that cannot nest is read too', () => {
  const flat = Object.entries(TAGS).map(([key, value]) => [
    `${SESSION_TAGS_CLAIM}/principal_tags/${key}`,
    [value],
  ]);
  expect(claimedTags(Object.fromEntries(flat))).toEqual(TAGS);
});

it.each([
  ['nothing', undefined],
  ['text', 'acme'],
  ['a claim of text', { [SESSION_TAGS_CLAIM]: '{}' }],
  ['two values', { [SESSION_TAGS_CLAIM]: { principal_tags: { TenantId: ['acme', 'globex'] } } }],
  ['two values in the flat form', { [`${SESSION_TAGS_CLAIM}/principal_tags/TenantId`]: ['acme', 'globex'] }],
])('%s is no tags', (_what, claims) => {
  expect(claimedTags(claims)).toEqual({});
});
