import { stepInputSchema } from './step-input';

const ORDER = {
  deploymentId: 'acme',
  kind: 'silo',
  account: '222222222222',
  region: 'us-east-1',
  stackName: 'granary-acme',
  templateDigest: 'a'.repeat(64),
  parameters: {},
  release: 'abcdef0',
  wave: 'canary',
  runId: 'run-1',
  purpose: 'rollback',
};

test('the first step of an order, which the state machine gives as null, has no progress', () => {
  expect(stepInputSchema.parse({ order: ORDER, progress: null })).toEqual({
    order: ORDER,
    progress: undefined,
  });
});

test('an order without a template is no step', () => {
  const { templateDigest: _, ...order } = ORDER;
  expect(stepInputSchema.safeParse({ order, progress: null }).success).toBe(false);
});
