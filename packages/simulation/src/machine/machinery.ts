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
  readItems(reader: ItemReader, parameters: unknown): Promise<readonly unknown[]>;
  /** A state was entered: what Step Functions bills. */
  transition(): void;
}

/** How an execution ended. */
export type Ending = { readonly output: unknown } | Fault;

export function isFault(ending: Ending): ending is Fault {
  return 'error' in ending;
}
