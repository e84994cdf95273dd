import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { TenantRole } from '@granary/api';
import { sessionPolicy } from '@granary/auth';
import { type Answer, sdkAnswer } from '../answer';
import type { Attempt } from '../attempt';
import type { Deployment } from '../field/deployed';
import type { Field, TenantField } from '../field/field';
import { send } from '../http';
import { direct, foreignOperations } from './direct-dynamodb';

const KIND = 'wild cards and variables as tenant ids';

/** Ids that would be another tenant's, or everybody's, somewhere between here and IAM. */
const IDS = [
  '*',
  '?????',
  'acorn*',
  'acor?',
  'acorn#',
  'acorn#0',
  'acorn#*',
  '#',
  `\${aws:userid}`,
  `\${aws:PrincipalTag/TenantId}`,
  `\${*}`,
  'acorn${',
  '$ACORN',
  'ACORN',
  'Acorn',
  ' acorn',
  'acorn ',
  'acorn\n',
  'acorn\u0000',
  'acorn\u200b',
  'аcorn',
  'ａcorn',
  'acorn/',
  '../acorn',
  'acorn%23',
  'acorn:east',
  'acorn,birch',
  'acorn"',
  'acorn-',
  '-acorn',
  'ac',
  '',
  'a'.repeat(33),
  '__proto__',
  'control-plane',
  'pipeline',
  'pool-us',
  'pool-eu',
  'acme',
  'acorn',
  'acorn-east',
] as const;

/** Sign-ups under such ids, and sessions whose tags hold them. */
export async function tenantIdAttempts(field: Field): Promise<Attempt[]> {
  const pool = field.tenants.find(({ deployment }) => deployment.kind === 'pool') as TenantField;
  const [tier] = Object.entries(field.manifest.tiers).find(([, { model }]) => model === 'pool') ?? ['basic'];
  const attempt = (name: string, run: () => Promise<Answer>): Attempt => ({
    kind: KIND,
    name,
    expected: 'refused',
    tenantId: 'nobody',
    run,
  });
  const registration = (tenantId: unknown) => ({
    tenantId,
    name: 'Mine',
    tier,
    adminEmail: 'mine@example.com',
  });
  const others = [['acorn'], { id: 'acorn' }, 7, null, true];
  const signUps = [...IDS, ...others].map((id) =>
    attempt(`sign-up as ${JSON.stringify(id)}`, () =>
      send({ method: 'POST', baseUrl: field.control.apiUrl, path: 'registrations', body: registration(id) }),
    ),
  );
  const silo = Object.entries(field.manifest.tiers).find(([, { model }]) => model === 'silo')?.[0];
  const privileges = [
    ['a tier of nobody', { ...registration('mine-tenant'), tier: 'free' }],
    ['a status', { ...registration('mine-tenant'), status: 'active' }],
    ['a deployment', { ...registration('mine-tenant'), deploymentId: 'acme' }],
    ['a role', { ...registration('mine-tenant'), userRole: 'SystemAdmin' }],
  ] as const;
  const wishes = privileges.map(([what, body]) =>
    attempt(`sign-up with ${what}`, () =>
      send({ method: 'POST', baseUrl: field.control.apiUrl, path: 'registrations', body }),
    ),
  );
  const dedicated = attempt('sign-up with a silo tier is begun', async () => {
    const body = { ...registration('mine-tenant'), tier: silo };
    const answer = await send({ method: 'POST', baseUrl: field.control.apiUrl, path: 'registrations', body });
    // Until an operator approves it, the buyer has nothing.
    return { ...answer, ok: answer.ok && !answer.text.includes('"status":"awaiting-approval"') };
  });
  const sessions = await Promise.all(TAGS.map((tag) => taggedAttempts(field, pool, tag)));
  return [
    ...signUps,
    ...wishes,
    dedicated,
    ...sessions.flat(),
    ...(await trustAttempts(field, pool.deployment)),
  ];
}

/** What an authorizer with a fault could put into the tag. */
const TAGS = ['*', 'acor?', 'acorn*', 'a', 'acorn-', 'acor', 'acorn-eas', 'ACORN', '=', '+'] as const;

/** A session whose tag is no tenant's, at the rows of tenants. */
async function taggedAttempts(field: Field, victim: TenantField, tag: string): Promise<Attempt[]> {
  const { deployment, tenantId, products } = victim;
  const sts = await authorizerSts(field, deployment);
  const answer = await sts
    .send(assumeTenantRole(deployment, { TenantId: tag, Role: 'TenantAdmin', Tier: 'basic' }))
    .catch(() => undefined);
  sts.destroy();
  const given = answer?.Credentials;
  // A tag that STS refuses gives no session to attack with.
  if (!given?.AccessKeyId || !given.SecretAccessKey || !given.SessionToken) return [];
  const credentials = {
    accessKeyId: given.AccessKeyId,
    secretAccessKey: field.secrets.keep('secret access key', given.SecretAccessKey),
    sessionToken: field.secrets.keep('session token', given.SessionToken),
  };
  const operations = foreignOperations(deployment.productTable, tag, tenantId, `PRODUCT#${products[0]}`);
  return direct(
    field,
    `a session tagged ${tag} at ${tenantId}`,
    'nobody',
    deployment.region,
    credentials,
    operations,
    'refused',
    KIND,
  );
}

/** What the trust policy must refuse even to the authorizer, and to every other role. */
export async function trustAttempts(field: Field, deployment: Deployment): Promise<Attempt[]> {
  const sts = await authorizerSts(field, deployment);
  const whole = { TenantId: 'acorn', Role: 'TenantAdmin', Tier: 'basic' };
  const { TenantId: _tenant, ...untagged } = whole;
  const sets: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
    ['no tags', {}],
    ['no TenantId', untagged],
    ['an empty TenantId', { ...whole, TenantId: '' }],
    ['a tag too many', { ...whole, Project: 'mine' }],
    ['TenantId in other letters alone', { ...untagged, TENANTID_: 'acorn' }],
  ];
  const asAuthorizer = sets.map(
    ([what, tags]): Attempt => ({
      kind: KIND,
      name: `the authorizer assumes the tenant role with ${what}`,
      expected: 'refused',
      tenantId: 'nobody',
      run: () => sdkAnswer('STS', sts.send(assumeTenantRole(deployment, tags))),
    }),
  );
  return asAuthorizer;
}

/** The request for a session of the tenant role; `role` gives the inline policy, null for none. */
export const assumeTenantRole = (
  { tenantRole }: Deployment,
  tags: Readonly<Record<string, string>>,
  role: TenantRole | null = 'TenantAdmin',
) =>
  new AssumeRoleCommand({
    RoleArn: tenantRole,
    RoleSessionName: 'attack',
    ...(role ? { Policy: sessionPolicy(role) } : {}),
    Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
  });

/** STS as the deployment's authorizer, whose code is taken to be wrong. */
export function authorizerSts(field: Field, deployment: Deployment): Promise<STSClient> {
  return serviceSts(field, deployment, deployment.authorizerRole);
}

/** STS as a function that runs with the role. */
export async function serviceSts(
  { cloud }: Field,
  { region }: Deployment,
  roleArn: string,
): Promise<STSClient> {
  const credentials = await cloud.serviceSession('lambda.amazonaws.com', roleArn);
  return new STSClient({ endpoint: cloud.endpoint, region, credentials, maxAttempts: 1 });
}
