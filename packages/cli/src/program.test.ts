import { EXIT, UsageError } from './cli-error';
import { type Commands, runProgram } from './program';
import { palette, type Terminal } from './terminal';

type Call = { readonly command: keyof Commands; readonly args: readonly unknown[] };

async function run(...args: string[]) {
  const calls: Call[] = [];
  const lines: string[] = [];
  const notes: string[] = [];
  const commands = new Proxy({} as Commands, {
    get:
      (_, command: keyof Commands) =>
      async (...given: unknown[]) => {
        calls.push({ command, args: given });
        return command === 'push' ? EXIT.failure : EXIT.ok;
      },
  });
  const terminal: Terminal = {
    interactive: false,
    palette: palette(false),
    line: (text = '') => lines.push(text),
    note: (text) => notes.push(text),
    live: () => undefined,
  };
  const { signal } = new AbortController();
  const code = await runProgram(args, { commands, terminal, signal, projectFolder: '/clone' });
  return { code, calls, output: lines.join('\n'), errors: notes.join('\n') };
}

test.each([
  [['start', '--once', '--port', '0', '--fresh'], 'start', { once: true, port: 0, fresh: true }],
  [['up', '--port', '4567'], 'up', { port: 4567 }],
  [['serve'], 'serve', {}],
  [
    ['simulate', '--tenants', '50', '--bad-from', 'half', '--errors', '0.5', '--change', 'api'],
    'simulate',
    { tenants: 50, badFrom: 'half', errors: 0.5, change: 'api' },
  ],
])('%j calls %s with its options', async (args, command, options) => {
  const { code, calls } = await run(...args);
  expect(code).toBe(EXIT.ok);
  expect(calls).toMatchObject([{ command, args: [{}, options] }]);
});

test('the project is this clone and its state .granary, unless others are named', async () => {
  const { calls } = await run('plan');
  expect(calls[0]?.args[0]).toMatchObject({
    project: { folder: '/clone', stateFolder: '/clone/.granary' },
    json: false,
  });
  const named = await run('plan', '--json', '--project', '/other', '--state', '/state');
  expect(named.calls[0]?.args[0]).toMatchObject({
    project: { folder: '/other', stateFolder: '/state' },
    json: true,
  });
});

test('logs shows the last run unless one is named', async () => {
  expect((await run('logs')).calls[0]?.args.slice(1)).toEqual(['last', undefined]);
  expect((await run('logs', '3f2a', 'Synth')).calls[0]?.args.slice(1)).toEqual(['3f2a', 'Synth']);
});

test('mails are all of them unless an address is named', async () => {
  expect((await run('mails')).calls[0]?.args.slice(1)).toEqual([undefined]);
  expect((await run('mails', 'ann@acme.example')).calls[0]?.args.slice(1)).toEqual(['ann@acme.example']);
});

test('approve and reject carry the decision, the action and the comment', async () => {
  const { calls } = await run('reject', 'early.Approve', '--comment', 'not today');
  expect(calls).toMatchObject([{ command: 'decide', args: [{}, 'reject', 'early.Approve', 'not today'] }]);
  expect((await run('approve')).calls[0]?.args.slice(1)).toEqual(['approve', undefined, undefined]);
});

test('a tenant is added with all that the manifest needs', async () => {
  const { calls } = await run(
    ...[
      'tenants',
      'add',
      'hooli',
      '--name',
      'Hooli',
      '--cell',
      'eu-1',
      '--email',
      'a@hooli.example',
      '--json',
    ],
  );
  expect(calls).toMatchObject([
    {
      command: 'addTenant',
      args: [{ json: true }, 'hooli', { name: 'Hooli', cell: 'eu-1', email: 'a@hooli.example' }],
    },
  ]);
});

test.each([
  [['move', 'acme', '--cell', 'eu-1'], 'moveTenant', ['acme', { cell: 'eu-1' }]],
  [['pin', 'acme', '--version', '0123abc'], 'pinTenant', ['acme', { version: '0123abc' }]],
  [['unpin', 'acme', '--ring'], 'unpinTenant', ['acme', { ring: true }]],
  [['offboard', 'acme'], 'offboardTenant', ['acme']],
  [['remove', 'acme', '--keep-stack'], 'removeTenant', ['acme', { keepStack: true }]],
])('tenants %j calls %s', async (args, command, given) => {
  const { calls } = await run('tenants', ...args);
  expect(calls).toMatchObject([{ command, args: [{}, ...given] }]);
});

test('a plan is told what to compare with, and which quotas were raised', async () => {
  const { calls } = await run(
    ...['plan', '--from', 'origin/main', '--markdown', '--quota', 'stacks=4000', '--quota', 'roles=5000'],
  );
  expect(calls[0]?.args[1]).toEqual({
    from: 'origin/main',
    markdown: true,
    quota: { stacks: 4000, roles: 5000 },
  });
});

test("a command's exit code is the program's", async () => {
  expect((await run('push')).code).toBe(EXIT.failure);
});

test.each([
  ['no command', []],
  ['a command that does not exist', ['sow']],
  ['an option that does not exist', ['plan', '--fast']],
  ['a port that is none', ['up', '--port', '70000']],
  ['a quota that is none', ['plan', '--quota', 'patience=9']],
  ['a quota that AWS does not raise', ['plan', '--quota', 'rest-apis=900']],
  ['a tenant without its cell', ['tenants', 'add', 'hooli', '--name', 'Hooli', '--email', 'a@b.example']],
  ['more arguments than the command takes', ['status', 'acme']],
])('%s is a usage error that tells about --help', async (_, args) => {
  const { code, calls, errors } = await run(...args);
  expect(code).toBe(EXIT.usage);
  expect(calls).toEqual([]);
  expect(errors).toContain('--help');
});

test.each([[['--help']], [['start', '--help']], [['tenants', 'add', '--help']], [['help', 'logs']]])(
  'help that is asked for is an answer: %j',
  async (args) => {
    const { code, output, errors } = await run(...args);
    expect(code).toBe(EXIT.ok);
    expect(output).toContain('Usage: granary');
    expect(errors).toBe('');
  },
);

test('every command says that it can print JSON', async () => {
  for (const name of ['start', 'up', 'down', 'status', 'push', 'logs', 'plan', 'approve', 'reject'])
    expect((await run(name, '--help')).output).toContain('--json');
});

test("a command's own error passes through with its exit code", async () => {
  const commands = { plan: () => Promise.reject(new UsageError('no')) } as unknown as Commands;
  const terminal = { line: () => undefined, note: () => undefined } as unknown as Terminal;
  const { signal } = new AbortController();
  await expect(
    runProgram(['plan'], { commands, terminal, signal, projectFolder: '/clone' }),
  ).rejects.toMatchObject({ exitCode: EXIT.usage });
});

test('a command of the control plane carries what was written, by name', async () => {
  const { calls } = await run('registrations', 'reject', 'r1', '--reason', 'no contract');
  expect(calls).toMatchObject([
    {
      command: 'askControl',
      args: [{}, { name: 'registrations reject' }, { id: 'r1', reason: 'no contract' }, { follow: false }],
    },
  ]);
  const followed = await run('operations', 'show', 'o1', '--follow', '--json');
  expect(followed.calls[0]?.args).toMatchObject([{ json: true }, {}, { id: 'o1' }, { follow: true }]);
  expect((await run('registrations', 'reject', 'r1')).code).toBe(EXIT.usage);
});
