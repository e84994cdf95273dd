import { parseArgs } from 'node:util';
import { BenchError } from './bench-error';
import type { Measurement } from './measurements/measurement';

/** What was asked for on the command line. */
export type Request =
  | { readonly kind: 'help' }
  | {
      readonly kind: 'measure';
      readonly measurement: Measurement;
      /** Machine-readable on standard output. */
      readonly json: boolean;
      /** Puts the tables into the page of benchmarks. */
      readonly write: boolean;
    };

/** The command was called in a way that it does not understand. */
export class UsageError extends BenchError {
  override readonly name = 'UsageError';
}

/** @throws UsageError */
export function readArguments(args: readonly string[], measurements: readonly Measurement[]): Request {
  const { values, positionals } = parse(args);
  if (values.help) return { kind: 'help' };
  const [name, ...more] = positionals;
  const known = measurements.map((measurement) => measurement.name).join(', ');
  if (name === undefined || more.length > 0) throw new UsageError(`name one measurement: ${known}`);
  const measurement = measurements.find((each) => each.name === name);
  if (!measurement) throw new UsageError(`"${name}" is no measurement; there are ${known}`);
  return { kind: 'measure', measurement, json: values.json ?? false, write: values.write ?? false };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        json: { type: 'boolean' },
        write: { type: 'boolean' },
      },
    });
  } catch (cause) {
    throw new UsageError((cause as Error).message, { cause });
  }
}

export function helpText(measurements: readonly Measurement[], page: string): string {
  const width = Math.max(...measurements.map(({ name }) => name.length));
  return [
    'pnpm bench <measurement> [--json] [--write]',
    '',
    ...measurements.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
    '',
    '  --json   print JSON instead of tables (pnpm --silent bench ... prints nothing else)',
    `  --write  put the tables into ${page}`,
    '',
    'HEAD is measured, in a temporary clone; progress goes to standard error.',
    'Exit codes: 0 measured, 1 not measured, 2 the command was not understood.',
  ].join('\n');
}
