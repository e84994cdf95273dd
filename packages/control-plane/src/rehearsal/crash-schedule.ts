/** When a process dies: at its nth call to the outside, before the call takes effect or right after. */
export interface CrashPoint {
  readonly call: number;
  readonly when: 'before' | 'after';
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
    const due = this.point?.call === this.calls ? this.point.when : undefined;
    if (due === 'before') this.die();
    const result = await effect();
    if (due === 'after') this.die();
    return result;
  }

  private die(): never {
    this.dead = true;
    throw new CrashError();
  }
}
