import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { type WireAnswer, wire } from '../rehearsal/wire';
import { ApiGatewayUsageKeys } from './api-gateway-usage-keys';

function keysOver(...answers: WireAnswer[]) {
  const { settings, sent } = wire(...answers);
  return { keys: new ApiGatewayUsageKeys(new APIGatewayClient(settings)), sent };
}

test('a key is found by its whole name, on whichever page', async () => {
  const { keys, sent } = keysOver(
    { body: { item: [{ id: 'k1', name: 'granary-acme-2' }], position: 'next' } },
    { body: { item: [{ id: 'k2', name: 'granary-acme' }] } },
  );
  expect(await keys.find('granary-acme')).toBe('k2');
  expect(sent).toMatchObject([
    { operation: 'GET /apikeys', query: { name: 'granary-acme', includeValues: 'false' } },
    { operation: 'GET /apikeys', query: { position: 'next' } },
  ]);
});

test('a name that only begins with the one asked for is not it', async () => {
  const { keys } = keysOver({ body: { item: [{ id: 'k1', name: 'granary-acme-2' }] } });
  expect(await keys.find('granary-acme')).toBeUndefined();
});

test('of keys with one name the oldest counts, by id when they are as old', async () => {
  const { keys } = keysOver({
    body: {
      item: [
        { id: 'late', name: 'n', createdDate: 20 },
        { id: 'b', name: 'n', createdDate: 10 },
        { id: 'a', name: 'n', createdDate: 10 },
      ],
    },
  });
  expect(await keys.find('n')).toBe('a');
});

test('a key is created enabled, and API Gateway chooses its value', async () => {
  const { keys, sent } = keysOver({ body: { id: 'k1' } });
  expect(await keys.create('granary-acme', 'tenant acme')).toBe('k1');
  expect(sent[0]).toMatchObject({
    operation: 'POST /apikeys',
    body: { name: 'granary-acme', description: 'tenant acme', enabled: true },
  });
  expect(sent[0]?.body).not.toHaveProperty('value');
});

test('a key that is on its plan already is attached', async () => {
  const { keys, sent } = keysOver({ error: 'ConflictException', status: 409 }, { body: { id: 'k1' } });
  expect(await keys.attach('k1', 'p1')).toBe('attached');
  expect(sent.map(({ operation }) => operation)).toEqual([
    'POST /usageplans/p1/keys',
    'GET /usageplans/p1/keys/k1',
  ]);
});

test('a key that conflicts and is not on its plan is on another', async () => {
  const { keys } = keysOver(
    { error: 'ConflictException', status: 409 },
    { error: 'NotFoundException', status: 404 },
  );
  expect(await keys.attach('k1', 'p1')).toBe('on-another-plan');
});

test('other errors pass', async () => {
  const { keys } = keysOver({ error: 'NotFoundException', status: 404 });
  await expect(keys.attach('k1', 'gone')).rejects.toMatchObject({ name: 'NotFoundException' });
});

test('the value is read by the key\u2019s id', async () => {
  const { keys, sent } = keysOver({ body: { id: 'k1', value: 'secret' } });
  expect(await keys.value('k1')).toBe('secret');
  expect(sent[0]).toMatchObject({ operation: 'GET /apikeys/k1', query: { includeValue: 'true' } });
});

test('a key that is taken off a plan that it is not on is off it', async () => {
  const { keys, sent } = keysOver({ error: 'NotFoundException', status: 404 });
  await keys.detach('k1', 'p1');
  expect(sent.map(({ operation }) => operation)).toEqual(['DELETE /usageplans/p1/keys/k1']);
  const { keys: refused } = keysOver({ error: 'AccessDeniedException', status: 403 });
  await expect(refused.detach('k1', 'p1')).rejects.toMatchObject({ name: 'AccessDeniedException' });
});
