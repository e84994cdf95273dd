import { parseBuildspec } from './buildspec';

test('JSON as CDK Pipelines writes it is read', () => {
  const source = JSON.stringify({
    version: '0.2',
    phases: { install: { 'runtime-versions': { nodejs: 22 }, commands: ['a'] }, build: { commands: 'b' } },
    artifacts: { 'secondary-artifacts': { Out: { 'base-directory': 'cdk.out', files: '**/*' } } },
  });
  expect(parseBuildspec(source, 'p')).toEqual({
    variables: {},
    exportedVariables: [],
    phases: [
      { name: 'install', commands: ['a'], finally: [] },
      { name: 'build', commands: ['b'], finally: [] },
    ],
    secondary: { Out: { baseDirectory: 'cdk.out', files: ['**/*'] } },
  });
});

test('phases run in their order, whatever the order of writing', () => {
  const { phases } = parseBuildspec(
    'version: 0.2\nphases: {post_build: {commands: [c]}, build: {commands: [b]}}',
    'p',
  );
  expect(phases.map((phase) => phase.name)).toEqual(['build', 'post_build']);
});

test('variables, exported variables and a primary artifact are read', () => {
  const source = `
version: 0.2
env: { variables: { A: 1, B: true }, exported-variables: [VERSION] }
phases: { build: { commands: [make], finally: [echo done] } }
artifacts: { base-directory: dist, files: ['*.js'] }`;
  expect(parseBuildspec(source, 'p')).toMatchObject({
    variables: { A: '1', B: 'true' },
    exportedVariables: ['VERSION'],
    phases: [{ name: 'build', commands: ['make'], finally: ['echo done'] }],
    primary: { baseDirectory: 'dist', files: ['*.js'] },
  });
});

test('what the runner does not execute is named, all at once', () => {
  const source = 'version: 0.2\nenv: {git-credential-helper: yes}\nphases: {deploy: {commands: [x]}}';
  expect(() => parseBuildspec(source, 'action "A.B"')).toThrow(/action "A\.B": buildspec: .*env.*phases/s);
});

test('a text that is not YAML fails with the project', () => {
  expect(() => parseBuildspec('{', 'action "A.B"')).toThrow(
    'action "A.B": the buildspec is not YAML or JSON',
  );
});
