import { CORS_ALLOWED_HEADERS } from '@granary/auth';
import type { Template } from 'aws-cdk-lib/assertions';
import { deployment } from '../testing/deployment';
import { controlPlaneTemplate, resources } from '../testing/sample';

const TEMPLATES: readonly (readonly [string, () => Template])[] = [
  ['the control plane', controlPlaneTemplate],
  ['a deployment', () => deployment('acme')],
];

/** A page of any origin calls the APIs by a token; it must be able to read every answer, refusals above all. */
describe.each(TEMPLATES)('a browser and %s', (_, make) => {
  let template: Template;
  beforeAll(() => {
    template = make();
  });

  it('asks before it calls, and is answered without a token or a key', () => {
    const methods = Object.values(resources(template, 'AWS::ApiGateway::Method')).map(
      ({ Properties }) => Properties,
    );
    const asked = methods.filter(({ HttpMethod }) => HttpMethod === 'OPTIONS');
    const called = new Set(
      methods
        .filter(({ HttpMethod }) => HttpMethod !== 'OPTIONS')
        .map((each) => JSON.stringify(each.ResourceId)),
    );
    for (const resource of called)
      expect(asked.map((each) => JSON.stringify(each.ResourceId))).toContain(resource);
    for (const method of asked) {
      expect(method).toMatchObject({ AuthorizationType: 'NONE', Integration: { Type: 'MOCK' } });
      expect(method.ApiKeyRequired ?? false).toBe(false);
    }
  });

  it('may send what the typed client sends', () => {
    const [preflight] = Object.values(resources(template, 'AWS::ApiGateway::Method')).filter(
      ({ Properties }) => Properties.HttpMethod === 'OPTIONS',
    );
    const [answer] = preflight?.Properties.Integration.IntegrationResponses ?? [];
    expect(answer.ResponseParameters).toMatchObject({
      'method.response.header.Access-Control-Allow-Origin': "'*'",
      'method.response.header.Access-Control-Allow-Headers': `'${CORS_ALLOWED_HEADERS.join(',')}'`,
    });
    // Then no browser attaches a cookie to the call.
    expect(answer.ResponseParameters).not.toHaveProperty([
      'method.response.header.Access-Control-Allow-Credentials',
    ]);
  });

  it.each(['UNAUTHORIZED', 'ACCESS_DENIED', 'THROTTLED', 'QUOTA_EXCEEDED', 'DEFAULT_4XX', 'DEFAULT_5XX'])(
    'reads the gateway’s own answer %s, with when to come back',
    (type) => {
      const found = Object.values(resources(template, 'AWS::ApiGateway::GatewayResponse')).find(
        ({ Properties }) => Properties.ResponseType === type,
      );
      expect(found?.Properties.ResponseParameters).toMatchObject({
        'gatewayresponse.header.Access-Control-Allow-Origin': "'*'",
        'gatewayresponse.header.Access-Control-Expose-Headers': "'ETag,Retry-After'",
      });
      if (type === 'THROTTLED' || type === 'QUOTA_EXCEEDED')
        expect(found?.Properties.ResponseParameters).toHaveProperty(['gatewayresponse.header.Retry-After']);
    },
  );
});
