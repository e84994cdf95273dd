import type { ChangeSetRequest, ChangeSetState, StackState, Stacks } from '@granary/release';
import type { Agenda } from '../clock/agenda';
import { type ApiLimits, ThrottledError } from './api-limits';
import type { Place } from './place';
import type { RateLimit } from './rate-limit';
import type { Change, StackOperation, StackWork } from './stack-work';

/** A stack of the fleet. */
interface SimulatedStack {
  readonly stackId: string;
  status: string;
  templateUrl: string;
  parameters: Readonly<Record<string, string>>;
  /** Since when it has its template, in seconds. */
  since: number;
  changeSetId?: string;
  /** Made when they are asked for first. */
  outputs?: Readonly<Record<string, string>>;
  /** As it was described last, until it changes: a stack is looked at dozens of times between two changes. */
  described?: StackState;
}

/** Why an operation on a stack fails, asked as it begins. @returns undefined for success */
export type StackFault = (stackName: string, templateUrl: string) => string | undefined;

export interface SimulatedStacksOptions {
  readonly place: Place;
  readonly agenda: Agenda;
  readonly limits: ApiLimits;
  readonly random: () => number;
  readonly work: StackWork;
  /** What an update changes. */
  readonly change: Change;
  readonly fault: StackFault;
  readonly outputsOf: (stackName: string) => Readonly<Record<string, string>>;
}

interface ChangeSet extends ChangeSetRequest {
  state: ChangeSetState;
}

/** CloudFormation in one account and region, in virtual time, with its rates. */
export class SimulatedStacks implements Stacks {
  private readonly stacks = new Map<string, SimulatedStack>();
  private readonly changeSets = new Map<string, ChangeSet>();
  private readonly failed = new Map<string, string>();

  private readonly rates: Readonly<Record<'Describe' | 'Change', RateLimit>>;
  /** When the session that works here ends, in seconds. */
  sessionEnds = Number.NEGATIVE_INFINITY;

  constructor(private readonly options: SimulatedStacksOptions) {
    const { limits, place } = options;
    this.rates = {
      Describe: limits.limit('cloudformation:Describe', place),
      Change: limits.limit('cloudformation:Change', place),
    };
  }

  /** A stack that was there before. */
  existing(stackName: string, templateUrl: string, parameters: Readonly<Record<string, string>>): void {
    this.stacks.set(stackName, {
      stackId: idOf(stackName),
      status: 'CREATE_COMPLETE',
      templateUrl,
      parameters,
      since: Number.NEGATIVE_INFINITY,
    });
  }

  /** The template that a stack has now, and since when, in seconds. */
  templateOf(stackName: string): { readonly templateUrl: string; readonly since: number } | undefined {
    return this.stacks.get(stackName);
  }

  async describe(stackName: string): Promise<StackState | undefined> {
    this.called('Describe');
    const stack = this.stacks.get(nameOf(stackName));
    if (!stack || (stack.status === 'DELETE_COMPLETE' && stackName !== stack.stackId)) return undefined;
    return this.stateOf(stack);
  }

  async prepare(request: ChangeSetRequest): Promise<void> {
    this.called('Change');
    const key = `${request.stackName}/${request.changeSetName}`;
    if (this.changeSets.has(key)) return;
    const stack = this.stacks.get(request.stackName);
    if (request.type === 'CREATE')
      this.stacks.set(request.stackName, {
        stackId: idOf(request.stackName),
        status: 'REVIEW_IN_PROGRESS',
        templateUrl: '',
        parameters: {},
        since: this.options.agenda.now,
      });
    const same =
      request.type === 'UPDATE' &&
      stack?.templateUrl === request.templateUrl &&
      JSON.stringify(stack.parameters) === JSON.stringify(request.parameters);
    const changeSet: ChangeSet = { ...request, state: { status: 'pending' } };
    this.changeSets.set(key, changeSet);
    this.options.agenda.after(CHANGE_SET_SECONDS, () => {
      changeSet.state = same ? { status: 'empty' } : { status: 'ready', changes: [] };
    });
  }

  async prepared(stackName: string, changeSetName: string): Promise<ChangeSetState | undefined> {
    this.called('Describe');
    return this.changeSets.get(`${stackName}/${changeSetName}`)?.state;
  }

  async execute(stackName: string, changeSetName: string): Promise<void> {
    this.called('Change');
    const changeSet = this.changeSets.get(`${stackName}/${changeSetName}`);
    const stack = this.stacks.get(stackName);
    if (!changeSet || !stack) throw new Error(`ChangeSet [${changeSetName}] does not exist`);
    this.changeSets.delete(`${stackName}/${changeSetName}`);
    stack.changeSetId = `arn:changeSet/${changeSetName}/1`;
    const { type, templateUrl, parameters } = changeSet;
    const reason = this.options.fault(stackName, templateUrl);
    stack.status = `${type}_IN_PROGRESS`;
    this.after(type === 'CREATE' ? 'create' : this.options.change, () => {
      if (reason !== undefined) {
        this.failed.set(stack.stackId, reason);
        stack.status = type === 'CREATE' ? 'ROLLBACK_COMPLETE' : 'UPDATE_ROLLBACK_COMPLETE';
        return;
      }
      stack.templateUrl = templateUrl;
      stack.parameters = parameters;
      stack.since = this.options.agenda.now;
      stack.status = `${type}_COMPLETE`;
    });
  }

  async discard(stackName: string, changeSetName: string): Promise<void> {
    this.called('Change');
    this.changeSets.delete(`${stackName}/${changeSetName}`);
  }

  async remove(stackId: string): Promise<void> {
    this.called('Change');
    const stack = this.stacks.get(nameOf(stackId));
    if (!stack) return;
    stack.status = 'DELETE_IN_PROGRESS';
    this.after('delete', () => {
      stack.status = 'DELETE_COMPLETE';
    });
  }

  async finishRollback(stackName: string): Promise<void> {
    this.rollBackTo(stackName, 'UPDATE_ROLLBACK_COMPLETE');
  }

  async rollBack(stackName: string): Promise<void> {
    this.rollBackTo(stackName, 'UPDATE_ROLLBACK_COMPLETE');
  }

  async failures(stackId: string): Promise<readonly string[]> {
    this.called('Describe');
    const reason = this.failed.get(stackId);
    return reason === undefined ? [] : [reason];
  }

  async template(stackName: string): Promise<string> {
    this.called('Describe');
    return this.stacks.get(stackName)?.templateUrl ?? '';
  }

  private stateOf(stack: SimulatedStack): StackState {
    const { stackId, status, parameters, changeSetId, described } = stack;
    const same =
      described?.status === status &&
      described.changeSetId === changeSetId &&
      described.parameters === parameters;
    if (same) return described;
    const outputs = this.outputsOf(stack);
    const made =
      changeSetId === undefined
        ? { stackId, status, parameters, outputs }
        : { stackId, status, parameters, outputs, changeSetId };
    stack.described = made;
    return made;
  }

  private outputsOf(stack: SimulatedStack): Readonly<Record<string, string>> {
    stack.outputs ??= this.options.outputsOf(nameOf(stack.stackId));
    return stack.outputs;
  }

  private rollBackTo(stackName: string, status: string): void {
    this.called('Change');
    const stack = this.stacks.get(stackName);
    if (stack) stack.status = status;
  }

  private called(kind: 'Describe' | 'Change'): void {
    if (!this.rates[kind].admit(this.options.agenda.now)) throw new ThrottledError(`cloudformation:${kind}`);
  }

  private after(operation: StackOperation, end: () => void): void {
    const { work, place, limits, random, agenda } = this.options;
    agenda.after(work.seconds(operation, place, limits, random), end);
  }
}

/** Until a change set is ready, in seconds. */
const CHANGE_SET_SECONDS = 8;

function idOf(stackName: string): string {
  return `arn:stack/${stackName}/1`;
}

function nameOf(stackNameOrId: string): string {
  return stackNameOrId.startsWith('arn:') ? (stackNameOrId.split('/')[1] as string) : stackNameOrId;
}
