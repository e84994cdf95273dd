import { SimulationError } from '../simulation-error';
import { ruleHolds } from './choice-rule';
import type { Definition, State } from './definition';
import { type Doing, type Ending, type Fault, isFault, type Machinery } from './machinery';
import { runMap } from './map-run';
import { evaluate, fillTemplate } from './payload-template';
import { readPath, type Scope, writePath } from './reference-path';
import { nextTry, type Tries, takes } from './retry';

/** A state that does something, with what it was entered with. */
interface Work {
  readonly name: string;
  readonly state: Extract<State, { Type: 'Task' | 'Map' | 'Parallel' }>;
  /** Before its input path. */
  readonly data: unknown;
  readonly scope: Scope;
  readonly tries: Tries;
}

/** Runs one machine, or the inside of a Map or a branch of a Parallel, and says how it ended. */
export class Execution {
  constructor(
    private readonly machinery: Machinery,
    private readonly definition: Definition,
    /** What `$$` names. */
    private readonly context: Readonly<Record<string, unknown>>,
    private readonly end: (ending: Ending) => Doing,
    /** Whether what this is a part of has ended: then it stops where it is. @default it is a part of nothing */
    private readonly isStopped: () => boolean = () => false,
  ) {}

  start(input: unknown): Doing {
    return this.enter(this.definition.StartAt, input, []);
  }

  /** Passes through states until one takes time. */
  private enter(name: string, data: unknown, tries: Tries): Doing {
    const throttled = this.machinery.transition();
    if (throttled <= 0) return this.entered(name, data, tries);
    this.machinery.agenda.after(throttled, () => this.entered(name, data, tries));
  }

  private entered(name: string, data: unknown, tries: Tries): Doing {
    if (this.isStopped()) return;
    const state = this.definition.States[name];
    if (!state) throw new SimulationError(`the machine has no state "${name}"`);
    const scope: Scope = {
      data:
        'InputPath' in state && state.InputPath
          ? readPath(state.InputPath, { data, context: this.context })
          : data,
      context: this.context,
    };
    switch (state.Type) {
      case 'Succeed':
        return this.end({ output: scope.data });
      case 'Fail':
        return this.end(this.failureOf(state, scope));
      case 'Choice': {
        const rule = state.Choices.find((candidate) => ruleHolds(candidate, scope));
        const next = (rule?.Next as string | undefined) ?? state.Default;
        if (next === undefined) return this.end({ error: 'States.NoChoiceMatched', cause: name });
        return this.enter(next, scope.data, []);
      }
      case 'Wait':
        this.machinery.agenda.after(this.secondsOf(state, scope), () => this.leave(state, scope.data));
        return;
      case 'Pass': {
        const made = state.Parameters ? this.fill(state.Parameters, scope) : scope.data;
        return this.leave(state, this.placed(state, scope.data, state.Result ?? made));
      }
      case 'Task':
      case 'Map':
      case 'Parallel':
        return this.work({ name, state, data, scope, tries });
    }
  }

  private work(work: Work): Doing {
    const { state, scope } = work;
    if (state.Type === 'Task') return this.invoke(work, state);
    if (state.Type === 'Map')
      return runMap(
        this.machinery,
        state,
        { data: scope.data, context: this.context, isStopped: this.isStopped },
        (ending) => this.settle(work, ending),
      );
    return this.branches(state, scope, (ending) => this.settle(work, ending));
  }

  private invoke(work: Work, state: Extract<State, { Type: 'Task' }>): Promise<void> {
    const { scope } = work;
    const parameters = state.Parameters ? this.fill(state.Parameters, scope) : scope.data;
    return this.machinery.invoke(state.Resource, parameters).then((invoked) => {
      const { TimeoutSeconds = Number.POSITIVE_INFINITY } = state;
      const seconds = Math.min(invoked.seconds, TimeoutSeconds);
      const ending = (): Ending => {
        if (invoked.seconds > TimeoutSeconds) return { error: 'States.Timeout', cause: work.name };
        return 'fault' in invoked ? invoked.fault : { output: invoked.result };
      };
      this.machinery.agenda.after(seconds, () => this.settle(work, ending()));
    });
  }

  private settle(work: Work, ending: Ending): Doing {
    if (this.isStopped()) return;
    if (isFault(ending)) return this.recover(work, ending);
    const { state, scope } = work;
    const { ResultSelector } = state;
    const selected = ResultSelector
      ? this.fill(ResultSelector, { data: ending.output, context: this.context })
      : ending.output;
    return this.leave(state, this.placed(state, scope.data, selected));
  }

  private recover({ name, state, data, scope, tries }: Work, fault: Fault): Doing {
    const again = nextTry(state.Retry, tries, fault.error, this.machinery.random);
    if (again) {
      this.machinery.agenda.after(again.seconds, () => this.enter(name, data, again.tries));
      return;
    }
    const caught = state.Catch.find(({ ErrorEquals }) => takes(ErrorEquals, fault.error));
    if (!caught) return this.end(fault);
    const { ResultPath = '$' } = caught;
    return this.enter(
      caught.Next,
      writePath(ResultPath, scope.data, { Error: fault.error, Cause: fault.cause }),
      [],
    );
  }

  private branches(
    state: Extract<State, { Type: 'Parallel' }>,
    scope: Scope,
    settle: (ending: Ending) => Doing,
  ): void {
    const input = state.Parameters ? this.fill(state.Parameters, scope) : scope.data;
    const outputs: unknown[] = [];
    let open = state.Branches.length;
    let settled = false;
    for (const [index, branch] of state.Branches.entries()) {
      const ended = (ending: Ending): Doing => {
        open -= 1;
        if (settled) return;
        if (!isFault(ending)) outputs[index] = ending.output;
        settled = isFault(ending) || open === 0;
        if (settled) return settle(isFault(ending) ? ending : { output: outputs });
      };
      const isStopped = () => settled || this.isStopped();
      const execution = new Execution(this.machinery, branch, this.context, ended, isStopped);
      this.machinery.agenda.after(0, () => execution.start(input));
    }
  }

  private leave(state: State, result: unknown): Doing {
    const output =
      'OutputPath' in state && state.OutputPath
        ? readPath(state.OutputPath, { data: result, context: this.context })
        : result;
    const next = 'Next' in state ? state.Next : undefined;
    return next === undefined ? this.end({ output }) : this.enter(next, output, []);
  }

  private placed(state: State, data: unknown, result: unknown): unknown {
    const { ResultPath = '$' } = state as { ResultPath?: string | null };
    return writePath(ResultPath, data, result);
  }

  private fill(template: unknown, scope: Scope): unknown {
    return fillTemplate(template, scope, this.machinery.random);
  }

  private secondsOf(state: Extract<State, { Type: 'Wait' }>, scope: Scope): number {
    if (state.Seconds !== undefined) return state.Seconds;
    if (state.SecondsPath !== undefined) return Number(readPath(state.SecondsPath, scope));
    throw new SimulationError('a wait until a time of day cannot be simulated');
  }

  private failureOf(state: Extract<State, { Type: 'Fail' }>, scope: Scope): Fault {
    const named = (path: string | undefined, text: string | undefined, otherwise: string): string =>
      path === undefined ? (text ?? otherwise) : String(evaluate(path, scope, this.machinery.random));
    return {
      error: named(state.ErrorPath, state.Error, 'States.Failed'),
      cause: named(state.CausePath, state.Cause, ''),
    };
  }
}
