import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs';
import { dirname } from 'node:path';

const TAIL = 40;

/** An action's log: a file, a listener per line, and its end for the reason of a failure. */
export class ActionLog {
  private readonly stream: WriteStream;
  private readonly last: string[] = [];
  private partial = '';

  constructor(
    readonly file: string,
    private readonly onLine: (line: string) => void,
  ) {
    mkdirSync(dirname(file), { recursive: true });
    this.stream = createWriteStream(file, { flags: 'a' });
  }

  /** Output as it comes, cut anywhere. */
  write(chunk: string): void {
    this.stream.write(chunk);
    const lines = (this.partial + chunk).split('\n');
    this.partial = lines.pop() ?? '';
    for (const line of lines) this.keep(line);
  }

  line(text: string): void {
    this.write(`${text}\n`);
  }

  /** The last lines, oldest first. */
  tail(lines: number = TAIL): readonly string[] {
    return this.last.slice(-lines);
  }

  async close(): Promise<void> {
    if (this.partial) this.line('');
    await new Promise<void>((resolve) => this.stream.end(resolve));
  }

  private keep(line: string): void {
    const clean = line.replace(/\r$/, '');
    this.last.push(clean);
    if (this.last.length > TAIL) this.last.shift();
    this.onLine(clean);
  }
}
