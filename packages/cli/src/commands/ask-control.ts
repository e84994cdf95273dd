import { setTimeout as pause } from 'node:timers/promises';
import type { ControlClient } from '@granary/client';
import { EXIT, type ExitCode } from '../cli-error';
import { openControl } from '../control/control-access';
import type { ControlCommand, Given } from '../control/control-command';
import { table } from '../render/table';
import { answer, type CommandContext } from './command-context';

export interface AskControlOptions {
  readonly follow?: boolean;
}

/** Statuses after which nothing more comes of an operation by itself. */
const ENDED: ReadonlySet<unknown> = new Set(['succeeded', 'failed', 'compensated', 'rejected']);

const FOLLOW_MS = 1000;

/** Asks the control plane and shows the answer; 1 when what was asked about has failed. */
export async function askControl(
  context: CommandContext,
  command: ControlCommand,
  given: Given,
  { follow = false }: AskControlOptions,
  open: (context: CommandContext) => Promise<ControlClient> = (each) => openControl(each, process.env),
): Promise<ExitCode> {
  const client = await open(context);
  let shown = await command.ask(client, given, context.signal);
  while (follow && !ENDED.has(fieldOf(shown, 'status')) && !context.signal.aborted) {
    context.terminal.live(`${text(fieldOf(shown, 'status'))} ...`);
    await pause(FOLLOW_MS, undefined, { signal: context.signal }).catch(() => undefined);
    shown = await again(client, shown);
  }
  context.terminal.live('');
  answer(context, shown, () => lines(shown, command.columns, context.terminal.palette.bold));
  const failed =
    (follow && fieldOf(shown, 'status') !== 'succeeded') || fieldOf(shown, 'verdict') === 'broken';
  return failed ? EXIT.failure : EXIT.ok;
}

/** What became of an operation, or of a registration. */
function again(client: ControlClient, shown: unknown): Promise<unknown> {
  const registrationId = fieldOf(shown, 'registrationId');
  if (typeof registrationId === 'string') return client.getRegistration({ params: { registrationId } });
  return client.getOperation({ params: { operationId: String(fieldOf(shown, 'operationId')) } });
}

function lines(
  shown: unknown,
  columns: readonly string[] | undefined,
  style: (text: string) => string,
): string[] {
  if (Array.isArray(shown)) return rows(shown, columns ?? [], style);
  const fields = Object.entries(shown ?? {}).filter(([name]) => name !== 'steps');
  const about = fields.map(([name, value]) => `${name}: ${text(value)}`);
  const steps = fieldOf(shown, 'steps');
  return Array.isArray(steps) && steps.length > 0
    ? [...about, '', ...rows(steps, columns ?? [], style)]
    : about;
}

function rows(
  items: readonly unknown[],
  columns: readonly string[],
  style: (text: string) => string,
): string[] {
  if (items.length === 0) return ['none'];
  // What none of the rows has, nobody misses.
  const told = columns.filter((title) => items.some((row) => fieldOf(row, title) !== undefined));
  return table(
    told.map((title) => ({ title, value: (row: unknown) => text(fieldOf(row, title)) })),
    items,
    style,
  );
}

function fieldOf(value: unknown, name: string): unknown {
  return (value as Readonly<Record<string, unknown>> | null | undefined)?.[name];
}

function text(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
