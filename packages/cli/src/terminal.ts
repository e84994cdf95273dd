import pico from 'picocolors';

/** Colours of the command's output; each function gives its text back unchanged when colours are off. */
export type Palette = Readonly<
  Record<'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan', (text: string) => string>
>;

/** Where a command writes. */
export interface Terminal {
  /** A person sits at it: lines may be redrawn. */
  readonly interactive: boolean;
  readonly palette: Palette;
  /** What the command was asked for. */
  line(text?: string): void;
  /** What goes beside it: progress, notes, errors. */
  note(text: string): void;
  /** Redraws the line at the bottom, interactive terminals only; empty takes it away. */
  live(text: string): void;
}

interface Stream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

export interface TerminalStreams {
  readonly stdout: Stream;
  readonly stderr: Stream;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

const ERASE_LINE = '\r\x1b[2K';
// biome-ignore lint/suspicious/noControlCharactersInRegex: what a terminal understands begins with one
const STYLE = /\x1b\[[0-9;]*m/g;

export function palette(colours: boolean): Palette {
  return pico.createColors(colours);
}

/** The number of columns that a text takes, its colours apart. */
export function visibleLength(text: string): number {
  return text.replace(STYLE, '').length;
}

/** A terminal over the process's streams. Colours need a person at the terminal, and no NO_COLOR. */
export function openTerminal({ stdout, stderr, environment }: TerminalStreams): Terminal {
  const interactive = stdout.isTTY === true && environment.TERM !== 'dumb';
  let live = '';
  const around = (stream: Stream, text: string) => {
    if (live) stdout.write(ERASE_LINE);
    stream.write(`${text}\n`);
    if (live) stdout.write(live);
  };
  return {
    interactive,
    palette: palette(interactive && !environment.NO_COLOR),
    line: (text = '') => around(stdout, text),
    note: (text) => around(stderr, text),
    live: (text) => {
      if (!interactive) return;
      // Some terminals say 0.
      const columns = stdout.columns || 80;
      // A line that wraps cannot be erased: styles are given up where the text is cut.
      const next = visibleLength(text) < columns ? text : `${text.replace(STYLE, '').slice(0, columns - 2)}…`;
      if (next === live) return;
      live = next;
      stdout.write(`${ERASE_LINE}${live}`);
    },
  };
}
