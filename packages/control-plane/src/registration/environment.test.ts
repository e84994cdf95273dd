import { EnvironmentError, parseEnvironment } from '@granary/auth';
import { registrationEnvironmentSchema } from './environment';

const COMPLETE = {
  CONTROL_TABLE_NAME: 'control',
  WORKFLOW_MACHINES: '{"onboarding":"arn:aws:states:us-east-1:222222222222:stateMachine:x"}',
  TIERS: '{"basic":{"model":"pool"}}',
};

test('a complete environment is parsed', () => {
  expect(parseEnvironment(registrationEnvironmentSchema, COMPLETE).TIERS).toEqual({
    basic: { model: 'pool' },
  });
});

test('all that is missing is listed at once', () => {
  expect(() => parseEnvironment(registrationEnvironmentSchema, { TIERS: '{}' })).toThrow(
    'wrong environment: CONTROL_TABLE_NAME is missing; WORKFLOW_MACHINES is missing',
  );
});

test.each(['not json', '{"basic":{"model":"tub"}}', '[]'])('TIERS is not %s', (TIERS) => {
  const parse = () => parseEnvironment(registrationEnvironmentSchema, { ...COMPLETE, TIERS });
  expect(parse).toThrow(EnvironmentError);
  expect(parse).toThrow(/TIERS/);
});
