import { join } from 'node:path';
import { CliError, EXIT, type ExitCode } from './cli-error';
import { type Commands, runProgram } from './program';
import { openTerminal } from './terminal';

/** Loaded when called: `granary plan` need not read the SDKs. */
const COMMANDS: Commands = {
  start: async (...args) => (await import('./commands/start')).start(...args),
  up: async (...args) => (await import('./commands/up')).up(...args),
  serve: async (...args) => (await import('./commands/serve')).serve(...args),
  down: async (...args) => (await import('./commands/down')).down(...args),
  mails: async (...args) => (await import('./commands/mails')).mails(...args),
  status: async (...args) => (await import('./commands/status')).status(...args),
  push: async (...args) => (await import('./commands/push')).push(...args),
  rehearse: async (...args) => (await import('./commands/rehearse')).rehearse(...args),
  logs: async (...args) => (await import('./commands/logs')).logs(...args),
  plan: async (...args) => (await import('./commands/plan')).plan(...args),
  simulate: async (...args) => (await import('./commands/simulate')).simulate(...args),
  decide: async (...args) => (await import('./commands/decide')).decide(...args),
  askControl: async (...args) => (await import('./commands/ask-control')).askControl(...args),
  addTenant: async (...args) => (await import('./commands/add-tenant')).addTenant(...args),
  moveTenant: async (...args) => (await import('./commands/change-tenant')).moveTenant(...args),
  pinTenant: async (...args) => (await import('./commands/change-tenant')).pinTenant(...args),
  unpinTenant: async (...args) => (await import('./commands/change-tenant')).unpinTenant(...args),
  offboardTenant: async (...args) => (await import('./commands/change-tenant')).offboardTenant(...args),
  removeTenant: async (...args) => (await import('./commands/change-tenant')).removeTenant(...args),
};

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * The command's edge: streams, signals, exit code.
 *
 * @param args without the program's name
 */
export async function main(args: readonly string[]): Promise<void> {
  const { stdout, stderr, env } = process;
  const terminal = openTerminal({ stdout, stderr, environment: env });
  const abort = new AbortController();
  for (const signal of SIGNALS)
    process.on(signal, () => {
      // The second time, the person does not want to wait.
      if (abort.signal.aborted) process.exit(EXIT.failure);
      abort.abort();
    });
  // A reader that goes away, as `head` does, is no failure.
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    abort.abort();
  });
  const code = await runProgram(args, {
    commands: COMMANDS,
    terminal,
    signal: abort.signal,
    projectFolder: join(__dirname, '..', '..', '..'),
  }).catch((error: Error) => explain(error, terminal.note, args.includes('--json')));
  // Open sockets of SDK clients must not keep the command alive.
  await Promise.all([stdout, stderr].map((stream) => new Promise((done) => stream.write('', done))));
  process.exit(code);

  function explain(error: Error, note: (line: string) => void, json: boolean): ExitCode {
    note(
      json
        ? JSON.stringify({ error: { name: error.name, message: error.message } })
        : `granary: ${error.message}`,
    );
    if (env.GRANARY_DEBUG) note(String(error.stack));
    return error instanceof CliError ? error.exitCode : EXIT.failure;
  }
}
