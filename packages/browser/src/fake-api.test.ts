import { FakeApi } from './fake-api';

let api: FakeApi;
beforeEach(async () => {
  api = await FakeApi.start({
    control: { getTenantConfig: ({ params }) => ({ tenantId: params.tenantName }) },
    application: { listProducts: () => ({ items: [] }) },
    userPool: () => {
      throw Object.assign(new Error('Incorrect username or password.'), { name: 'NotAuthorizedException' });
    },
  });
});
afterEach(() => api.close());

const token = { headers: { authorization: 'Bearer token' } };

test('an answer that the schema refuses is a fault of the test, and fails the call', async () => {
  expect((await fetch(`${api.controlUrl}tenant-config/acme`)).status).toBe(500);
  expect(api.faults.join()).toContain('GET /control/tenant-config/acme');
});

test('what asks for a token is refused without one, and what is no route is not there', async () => {
  expect((await fetch(`${api.applicationUrl}products`)).status).toBe(401);
  expect((await fetch(`${api.applicationUrl}products`, token)).status).toBe(200);
  expect((await fetch(`${api.applicationUrl}nothing`, token)).status).toBe(404);
});

test('answers change while a page is open', async () => {
  api.change({ application: { listProducts: () => undefined } });
  expect((await fetch(`${api.applicationUrl}products`, token)).status).toBe(500);
});

test('the user pool refuses by name, as the real one does', async () => {
  const headers = { 'x-amz-target': 'AWSCognitoIdentityProviderService.InitiateAuth' };
  const answer = await fetch(`${api.origin}/`, { method: 'POST', headers, body: '{}' });
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ __type: 'NotAuthorizedException' });
});
