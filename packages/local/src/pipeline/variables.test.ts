import { resolveVariables, type Variables } from './variables';

const variables: Variables = new Map([
  ['codepipeline', { PipelineExecutionId: 'e-1' }],
  ['acmeStack', { ApiUrl: 'https://a/prod/', Empty: '' }],
]);

test('every reference in a text is replaced', () => {
  const text = 'run #{codepipeline.PipelineExecutionId} at #{acmeStack.ApiUrl}health#{acmeStack.Empty}';
  expect(resolveVariables(text, variables, 'x')).toBe('run e-1 at https://a/prod/health');
});

test('text without references stays', () => {
  expect(resolveVariables('$HOME #{} #x', variables, 'x')).toBe('$HOME #{} #x');
});

test('a variable that no action set fails, with what is known', () => {
  expect(() => resolveVariables('#{acmeStack.Url}', variables, 'action "A.B"')).toThrow(
    'action "A.B": variable #{acmeStack.Url} has no value (known in "acmeStack": ApiUrl, Empty)',
  );
  expect(() => resolveVariables('#{nobody.Url}', variables, 'x')).toThrow('namespace unknown');
});
