/** What goes wrong: at a process's nth call to the outside, before the call takes effect or right after. */
export interface CrashPoint {
  readonly call: number;
  readonly when: 'before' | 'after';
  /** What the call answers; the process lives on. @default the process dies */
  readonly answer?: Error;
}

/** The process died. Nothing in the program knows this error. */
export class CrashError extends Error {
  override readonly name = 'CrashError';
}

/**
 * A process that dies as it is told, for tests. Everything that it calls goes through `through`; once dead it
 * can do nothing, not even clean up, until `run` starts the next one.
 */
export class CrashSchedule {
  private calls = 0;
  private dead = false;
  private point: CrashPoint | undefined;

  /** Calls of the latest process. */
  get made(): number {
    return this.calls;
  }

  /** Runs one process. @throws whatever it throws */
  async run<Result>(point: CrashPoint | undefined, body: () => Promise<Result>): Promise<Result> {
    this.calls = 0;
    this.dead = false;
    this.point = point;
    const result = await body();
    // A process that died cannot have answered.
    if (this.dead) throw new CrashError();
    return result;
  }

  /** The same object, whose functions count as calls to the outside. */
  through<Port extends object>(port: Port): Port {
    return new Proxy(port, {
      get: (target, name) => {
        const member = Reflect.get(target, name) as unknown;
        if (typeof member === 'function')
          return (...args: unknown[]) => this.call(() => member.apply(target, args));
        return typeof member === 'object' && member !== null ? this.through(member) : member;
      },
    });
  }

  private async call(effect: () => unknown): Promise<unknown> {
    if (this.dead) throw new CrashError();
    this.calls += 1;
    const due = this.point?.call === this.calls ? this.point : undefined;
    if (due?.when === 'before') this.fail(due);
    const result = await effect();
    if (due?.when === 'after') this.fail(due);
    return result;
  }

  private fail({ answer }: CrashPoint): never {
    if (answer) throw answer;
    this.dead = true;
    throw new CrashError();
  }
}
