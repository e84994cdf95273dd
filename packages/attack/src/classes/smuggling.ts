import type { Attempt } from '../attempt';
import { type Field, neighboursOf, strangersTo, type TenantField } from '../field/field';
import { bodyOf, type RawRequest, send } from '../http';
import { headers, paths } from './line-tricks';
import { bodies, queries } from './payload-tricks';

const KIND = 'smuggling by header, path, query and body';

/** Requests that the parts on the way may read differently. */
export async function smugglingAttempts(field: Field): Promise<Attempt[]> {
  const attempts: Attempt[] = [];
  for (const tenant of field.tenants) {
    const victim = neighboursOf(field, tenant)[0] ?? (strangersTo(field, tenant)[0] as TenantField);
    const { tenantId, deployment } = tenant;
    const pageToken = await nextToken(victim);
    const tricks = [
      ...paths(tenant, victim),
      ...headers(tenant, victim),
      ...queries(tenant, victim, pageToken),
      ...bodies(tenant, victim),
    ];
    for (const [name, expected, request] of tricks)
      attempts.push({
        kind: KIND,
        name: `${tenantId}: ${name}`,
        expected,
        tenantId,
        run: () => send({ baseUrl: deployment.apiUrl, ...request }),
      });
    attempts.push(...gateways(field, tenant, victim));
  }
  return attempts;
}

/** The engine's other doors to an API: by host name, by another stage, unsigned at a service. */
function gateways({ cloud }: Field, tenant: TenantField, victim: TenantField): Attempt[] {
  const { tenantId, admin } = tenant;
  const { apiId, region } = victim.deployment;
  const path = `products/${victim.products[0]}`;
  const at = (name: string, request: Omit<RawRequest, 'baseUrl'>): Attempt => ({
    kind: KIND,
    name: `${tenantId}: ${name}`,
    expected: 'refused',
    tenantId,
    run: () => send({ baseUrl: `${cloud.endpoint}/`, ...request }),
  });
  const dynamodb = { TableName: victim.deployment.productTable };
  return [
    at('another stage', {
      method: 'GET',
      path: `_aws/execute-api/${apiId}/dev/${path}`,
      token: admin.idToken,
    }),
    at('the old form of the path', { method: 'GET', path: `restapis/${apiId}/prod/_user_request_/${path}` }),
    at('DynamoDB with a token of the application', {
      method: 'POST',
      path: '',
      token: admin.idToken,
      headers: [['x-amz-target', 'DynamoDB_20120810.Scan']],
      body: dynamodb,
    }),
    at('DynamoDB unsigned', {
      method: 'POST',
      path: '',
      headers: [
        ['x-amz-target', 'DynamoDB_20120810.Scan'],
        ['x-amz-region', region],
      ],
      body: dynamodb,
    }),
    at("the engine's own operations", {
      method: 'POST',
      path: '_granary/service-session',
      body: { service: 'lambda.amazonaws.com' },
    }),
    at("the engine's reset", { method: 'POST', path: '_ministack/reset' }),
  ];
}

async function nextToken({ deployment, admin }: TenantField): Promise<string | undefined> {
  const answer = await send({
    method: 'GET',
    baseUrl: deployment.apiUrl,
    path: 'products?limit=1',
    token: admin.idToken,
  });
  return (bodyOf(answer) as { nextToken?: string } | undefined)?.nextToken;
}
