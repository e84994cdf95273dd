import type { JsonWebKey } from 'node:crypto';
import { AttackError } from '../attack-error';
import type { Attempt } from '../attempt';
import { type Field, strangersTo, type TenantField } from '../field/field';
import { otherClientToken } from '../field/other-client';
import { send } from '../http';
import {
  putTogether,
  signedByPublicKey,
  signedByStranger,
  signedByStrangerEc,
  strangerJwk,
  takeApart,
} from './forgery';

const KIND = 'forged and replayed tokens';

/** A token and what is wrong with it. */
export interface BadToken {
  readonly name: string;
  readonly token: string;
}

type PublicKey = JsonWebKey & { readonly kid: string };

/** The keys of a user pool, which are public: one for its id tokens, one for its access tokens. */
export async function poolKeys(field: Field, userPoolId: string): Promise<readonly PublicKey[]> {
  const response = await fetch(`${field.cloud.endpoint}/${userPoolId}/.well-known/jwks.json`);
  const { keys = [] } = (await response.json()) as { keys?: PublicKey[] };
  if (keys.length === 0) throw new AttackError(`user pool ${userPoolId} publishes no key`);
  return keys;
}

/** The public key that a genuine token was signed with. */
export async function keyOf(field: Field, userPoolId: string, token: string): Promise<PublicKey> {
  const key = (await poolKeys(field, userPoolId)).find(({ kid }) => kid === takeApart(token).header.kid);
  if (!key) throw new AttackError(`user pool ${userPoolId} does not publish the key of its tokens`);
  return key;
}

/** Tokens made from a genuine one of the attacker, that claim to be the victim's. */
export function forgeries(genuine: string, victim: string, key: JsonWebKey): BadToken[] {
  const { header, claims: mine, signature } = takeApart(genuine);
  const claims = { ...mine, 'custom:tenantId': victim };
  const more = (name: string, value: unknown) => ({ header: { ...header, [name]: value }, claims });
  const none = (alg: string) => ({ header: { ...header, alg }, claims, signature: '' });
  return [
    { name: 'claims edited, signature kept', token: putTogether({ header, claims, signature }) },
    { name: 'claims edited, signature left out', token: putTogether({ header, claims, signature: '' }) },
    ...['none', 'None', 'NONE', 'nOnE'].map((alg) => ({
      name: `algorithm ${alg}`,
      token: putTogether(none(alg)),
    })),
    { name: 'algorithm none, signature kept', token: putTogether({ ...none('none'), signature }) },
    { name: 'HS256 with the public key', token: signedByPublicKey({ ...more('alg', 'HS256') }, key) },
    { name: 'another key under the same id', token: signedByStranger({ header, claims }) },
    { name: 'another key under an unknown id', token: signedByStranger(more('kid', 'mine')) },
    { name: 'another key under no id', token: signedByStranger(more('kid', undefined)) },
    {
      name: 'another key under the id of a path',
      token: signedByStranger(more('kid', '../../../../dev/null')),
    },
    {
      name: 'another key in the header',
      token: signedByStranger({
        ...more('jwk', strangerJwk),
        header: { ...header, kid: 'mine', jwk: strangerJwk },
      }),
    },
    {
      name: 'another key by address',
      token: signedByStranger({ header: { ...header, kid: 'mine', jku: 'http://127.0.0.1:9/keys' }, claims }),
    },
    {
      name: 'a certificate by address',
      token: signedByStranger({
        header: { ...header, kid: 'mine', x5u: 'http://127.0.0.1:9/chain' },
        claims,
      }),
    },
    { name: 'an elliptic key', token: signedByStrangerEc(more('alg', 'ES256')) },
    { name: 'a critical extension', token: signedByStranger(more('crit', ['exp'])) },
    {
      name: 'RS512 instead of RS256',
      token: putTogether({ header: { ...header, alg: 'RS512' }, claims, signature }),
    },
    {
      name: 'another issuer',
      token: signedByStranger({ header, claims: { ...claims, iss: 'https://issuer.example.com' } }),
    },
    {
      name: 'another audience',
      token: signedByStranger({ header, claims: { ...claims, aud: 'another-client' } }),
    },
    { name: 'an expiry in text', token: signedByStranger({ header, claims: { ...claims, exp: 'never' } }) },
    { name: 'no payload', token: `${genuine.split('.')[0]}..${signature}` },
    { name: 'a fourth part', token: `${genuine}.${signature}` },
    { name: 'two tokens', token: `${genuine},${genuine}` },
    { name: 'nothing', token: '' },
    { name: 'the word null', token: 'null' },
    { name: 'ten thousand characters', token: `${'a'.repeat(3000)}.${'b'.repeat(4000)}.${'c'.repeat(3000)}` },
  ];
}

/** Genuine tokens at places that they are not for. */
function replayed(field: Field, { deployment, admin }: TenantField): BadToken[] {
  const others = field.tenants.filter((one) => one.deployment !== deployment);
  return [
    { name: 'an access token instead of an id token', token: admin.accessToken },
    { name: 'a refresh token instead of an id token', token: admin.refreshToken },
    { name: "an operator's token", token: field.operator.idToken },
    { name: "an operator's access token", token: field.operator.accessToken },
    ...others.map((one) => ({
      name: `the token of ${one.tenantId} of another deployment`,
      token: one.admin.idToken,
    })),
  ];
}

/** Tokens that are not the caller's at every deployment's API, and tenants' tokens at the operators' API. */
export async function tokenAttempts(field: Field, expired: ReadonlyMap<string, string>): Promise<Attempt[]> {
  const attempts: Attempt[] = [];
  const ask = (
    name: string,
    baseUrl: string,
    path: string,
    token: string,
    expected: Attempt['expected'] = 'refused',
  ) =>
    attempts.push({
      kind: KIND,
      name,
      expected,
      tenantId: 'nobody',
      run: () => send({ method: 'GET', baseUrl, path, token }),
    });
  for (const tenant of field.tenants) {
    const { deployment, admin, tenantId } = tenant;
    const key = await keyOf(field, deployment.userPoolId, admin.idToken);
    const victim = strangersTo(field, tenant)[0]?.tenantId ?? '';
    const old = expired.get(tenantId);
    const bad = [
      ...forgeries(admin.idToken, victim, key),
      ...replayed(field, tenant),
      { name: 'a token for another client of the pool', token: await otherClientToken(field, tenant) },
      ...(old ? [{ name: 'an expired token', token: old }] : []),
    ];
    for (const { name, token } of bad)
      ask(`${tenantId}'s API: ${name}`, deployment.apiUrl, 'products', token);
    for (const other of field.deployments.filter((one) => one !== deployment))
      ask(`${tenantId}'s token at ${other.deploymentId}`, other.apiUrl, 'products', admin.idToken);
    for (const person of [tenant.admin, tenant.user]) {
      const operators = `operators' API: ${tenantId}'s ${person.role}`;
      ask(operators, field.control.apiUrl, 'tenants', person.idToken);
      ask(`${operators}, access token`, field.control.apiUrl, 'tenants', person.accessToken);
    }
  }
  const { idToken } = field.operator;
  const key = await keyOf(field, field.control.userPoolId, idToken);
  for (const { name, token } of forgeries(idToken, 'acorn', key))
    ask(`operators' API: ${name}`, field.control.apiUrl, 'tenants', token);
  ask("operators' API: the operator", field.control.apiUrl, 'health/tenant', idToken, 'served');
  return attempts;
}
