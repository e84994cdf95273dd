import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const PROGRAM = join(__dirname, '..', '..', 'bin', 'granary.mjs');
const STOP_GRACE_MS = 60_000;

/** A line of `granary start --json`. */
export interface StartLine {
  readonly type: string;
  readonly [field: string]: unknown;
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** One run of the command, as a person starts it. */
export class GranaryProcess {
  readonly ended: Promise<Ended>;
  private readonly child: ChildProcess;
  private readonly lines: string[] = [];
  private stderr = '';
  private wake: () => void = () => undefined;
  private over = false;

  constructor(args: readonly string[]) {
    this.child = spawn(process.execPath, [PROGRAM, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    createInterface({ input: this.child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
      this.lines.push(line);
      this.wake();
    });
    this.child.stderr?.on('data', (chunk) => {
      this.stderr += String(chunk);
    });
    this.ended = new Promise((resolve) =>
      this.child.once('close', (code) => {
        this.over = true;
        this.wake();
        resolve({ code, stdout: this.lines.join('\n'), stderr: this.stderr });
      }),
    );
  }

  /** What a command that ends by itself printed. */
  static run(...args: string[]): Promise<Ended> {
    return new GranaryProcess(args).ended;
  }

  /** The first JSON line of a type; throws when the command ends without one. */
  async line<Line = StartLine>(type: string): Promise<Line> {
    for (let seen = 0; ; ) {
      for (; seen < this.lines.length; seen += 1) {
        const text = this.lines[seen] ?? '';
        if (!text.startsWith('{')) continue;
        const line = JSON.parse(text) as StartLine;
        if (line.type === type) return line as Line;
      }
      if (this.over)
        throw new Error(
          `granary ended without a line "${type}": ${this.stderr}\n${this.lines.slice(-20).join('\n')}`,
        );
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
  }

  /** Ctrl-C; a kill when that takes too long. */
  async stop(): Promise<Ended> {
    if (!this.over) this.child.kill('SIGINT');
    const late = setTimeout(() => this.child.kill('SIGKILL'), STOP_GRACE_MS);
    const ended = await this.ended;
    clearTimeout(late);
    return ended;
  }
}
