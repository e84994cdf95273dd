import type { Agenda } from '../clock/agenda';
import type { ItemReader } from './definition';
import type { Random } from './payload-template';

/** An error as the States Language names it. */
export interface Fault {
  readonly error: string;
  readonly cause: string;
}

/** What a task did: how long it took, in seconds, and what came of it. */
export type Invoked =
  | { readonly seconds: number; readonly result: unknown }
  | { readonly seconds: number; readonly fault: Fault };

/** What machines run on. */
export interface Machinery {
  readonly agenda: Agenda;
  readonly random: Random;
  /** Carries a task out; called at the moment the task begins. */
  invoke(resource: string, parameters: unknown): Promise<Invoked>;
  /** The items of a distributed map. */
  readItems(reader: ItemReader, parameters: unknown): readonly unknown[];
  /** A state is entered: what Step Functions bills. @returns seconds until it may be */
  transition(): number;
  /** A child of a distributed map starts. @returns seconds until it may */
  startChild(): number;
}

/** Something that may take a while of real time, and takes none of the virtual. */
export type Doing = void | Promise<void>;

/** How an execution ended. */
export type Ending = { readonly output: unknown } | Fault;

export function isFault(ending: Ending): ending is Fault {
  return 'error' in ending;
}
