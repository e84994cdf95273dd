import { type ApiError, errorClass, NoAnswerError } from '@granary/client';
import { SIGN_IN_FAULTS, SignInError } from '../session/sign-in-step';
import { endsSession, problemText } from './problem-text';

const answered = (status: number, options: ConstructorParameters<typeof ApiError>[3] = {}) =>
  new (errorClass(status))('op', status, `${status} ${options.problem?.detail ?? ''}`, options);
const problem = (status: number, detail: string) => ({ type: 'urn:x', title: 'X', status, detail });

test.each([
  [401, 'Your session has ended', false],
  [403, 'You may not do this', false],
  [404, 'Not found', false],
  [409, 'This does not fit what is there', false],
  [412, 'Somebody else has changed it', false],
  [428, 'Somebody else has changed it', false],
  [429, 'Too many requests at once', true],
  [500, 'The service has a fault', true],
  [503, 'The service has a fault', true],
])('an answer %i says "%s"', (status, heading, again) => {
  expect(problemText(answered(status))).toMatchObject({ heading, again });
});

test('a quota that is used up is told apart from too many requests at once, each with when to come back', () => {
  const day = answered(429, { problem: problem(429, 'the requests of today are used up'), retryAfter: 3600 });
  expect(problemText(day)).toMatchObject({
    heading: "Today's requests are used up",
    text: expect.stringContaining('midnight UTC'),
    again: false,
  });
  expect(problemText(day).waitSeconds).toBeUndefined();
  expect(problemText(answered(429, { retryAfter: 0.4 }))).toMatchObject({ again: true, waitSeconds: 1 });
});

test('no answer is the network of the device, or the service', () => {
  const error = new NoAnswerError('op', 0, 'no answer');
  expect(problemText(error, false).heading).toBe('You are offline');
  expect(problemText(error, true).heading).toBe('No answer');
});

test('the words and violations of the API are kept, those of its faults are not', () => {
  const violations = [{ in: 'body' as const, pointer: '/sku', message: 'is too long' }];
  const invalid = answered(400, { problem: { ...problem(400, 'body /sku: is too long'), violations } });
  expect(problemText(invalid)).toMatchObject({ violations: { '/sku': 'is too long' } });
  const fault = problemText(answered(500, { problem: { ...problem(500, 'oh'), instance: 'r-1' } }));
  expect(fault.detail).toBeUndefined();
  expect(fault.requestId).toBe('r-1');
});

test('a service that says that it cannot now is told apart from one that is broken', () => {
  const busy = answered(503, { problem: problem(503, 'the rows are being moved'), retryAfter: 30 });
  expect(problemText(busy)).toMatchObject({
    heading: 'Not at this moment',
    detail: 'the rows are being moved',
    again: true,
    waitSeconds: 30,
  });
});

test('every fault of a sign-in has words', () => {
  for (const fault of SIGN_IN_FAULTS)
    expect(problemText(new SignInError(fault, 'x')).text.length).toBeGreaterThan(10);
});

test('what no page knows is still told', () => {
  expect(problemText(new Error('secret')).heading).toBe('Something went wrong');
});

test('a refused token and a session that cannot be renewed end the session, nothing else does', () => {
  const errors = [
    answered(401),
    new SignInError('ended', ''),
    answered(403),
    new SignInError('unreachable', ''),
  ];
  expect(errors.map(endsSession)).toEqual([true, true, false, false]);
});
