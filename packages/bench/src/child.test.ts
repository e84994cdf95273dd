import { tmpdir } from 'node:os';
import { type ChildOptions, runChild } from './child';

const node = (script: string, more: Partial<ChildOptions> = {}) =>
  runChild(process.execPath, ['-e', script], {
    cwd: tmpdir(),
    timeoutMs: 30_000,
    signal: new AbortController().signal,
    ...more,
  });

test('gives what the command printed, line by line', async () => {
  const lines: string[] = [];
  const { stdout, milliseconds } = await node('console.log("one\\ntwo"); console.error("beside")', {
    onLine: (line) => lines.push(line),
  });
  expect(stdout).toEqual(['one', 'two']);
  expect(lines).toEqual(stdout);
  expect(milliseconds).toBeGreaterThan(0);
});

test('a failure carries the exit code and the last lines', () =>
  expect(node('console.error("no such thing"); process.exit(3)')).rejects.toMatchObject({
    reason: 'exit code 3',
    lastLines: ['no such thing'],
  }));

test('a command that does not exist says so', () =>
  expect(
    runChild('granary-no-such-command', [], {
      cwd: tmpdir(),
      timeoutMs: 1000,
      signal: new AbortController().signal,
    }),
  ).rejects.toMatchObject({ reason: expect.stringContaining('ENOENT') }));

test('a command that takes too long is ended', () =>
  expect(node('setInterval(() => 0, 1000)', { timeoutMs: 100 })).rejects.toMatchObject({
    reason: 'took longer than 0.1 s',
  }));

test('an interruption ends the command and what it started', () => {
  const interruption = new AbortController();
  // The grandchild shares the output: the command counts as ended when both have.
  const running = node(
    `require('child_process').spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)'], { stdio: 'inherit' });
     console.log('up'); setInterval(() => 0, 1000)`,
    { signal: interruption.signal, onLine: () => interruption.abort() },
  );
  return expect(running).rejects.toMatchObject({ reason: 'was interrupted' });
});
