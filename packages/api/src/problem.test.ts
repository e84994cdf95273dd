import { InternalProblem, InvalidRequestProblem, NotFoundProblem, problemSchema } from './problem';

test('a problem is a problem+json body with its status, its type and the request id', () => {
  const problem = new NotFoundProblem('no product p-1').toProblem('request-1');
  expect(problemSchema.parse(problem)).toEqual({
    type: 'urn:granary:problem:not-found',
    title: 'Not found',
    status: 404,
    detail: 'no product p-1',
    instance: 'request-1',
  });
});

test('an invalid request lists every violation', () => {
  const violations = [
    { in: 'body', pointer: '/price', message: 'must be at least 0' },
    { in: 'query', pointer: 'limit', message: 'must be at most 100' },
  ] as const;
  const problem = new InvalidRequestProblem(violations).toProblem();
  expect(problem.violations).toEqual(violations);
  expect(problem.detail).toBe('body /price: must be at least 0; query limit: must be at most 100');
});

test('an internal problem keeps its cause from the caller', () => {
  const problem = new InternalProblem({ cause: new Error('secret table name') });
  expect(JSON.stringify(problem.toProblem())).not.toContain('secret');
  expect((problem.cause as Error).message).toBe('secret table name');
});
