import type { RunEvent } from '@granary/local';
import { EXIT, type ExitCode } from '../cli-error';
import { Host } from '../host/host';
import { eventLines } from '../render/run-event';
import type { CommandContext } from './command-context';
import { READY, type UpOptions } from './up';

/** The local cloud in the foreground, without the walk: what `up` starts in the background. */
export async function serve(context: CommandContext, options: UpOptions): Promise<ExitCode> {
  const { project, terminal, signal } = context;
  const onEvent = (event: RunEvent) => {
    for (const line of eventLines(event, terminal.palette)) terminal.line(line);
  };
  const host = await Host.open({ ...options, project, onEvent, onStep: (line) => terminal.note(line) });
  const stop = () => void host.close('it was told to stop');
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  process.send?.(READY);
  const end = await host.ended;
  await host.close('it has ended');
  if (end.type === 'stopped') return EXIT.ok;
  for (const line of [`the engine ended: ${end.reason}`, ...end.logTail]) terminal.note(line);
  return EXIT.failure;
}
