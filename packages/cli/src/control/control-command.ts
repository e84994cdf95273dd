import type { ControlClient } from '@granary/client';

/** What a person wrote behind a command: its arguments and options by name. */
export type Given = Readonly<Record<string, string | undefined>>;

/** The tenant that the first argument names. */
export const tenant = ({ id = '' }: Given) => ({ params: { tenantId: id } });

/** Query and body are checked by the API, which says what is wrong: here they are what a person wrote. */
export const written = <Value>(value: object) => value as Value;

/** One command that asks the control plane: what it takes, what it asks, what it shows. */
export interface ControlCommand {
  /** `tenants list`: the group and its verb, or one word. */
  readonly name: string;
  readonly description: string;
  /** `<id>` must be given, `[id]` may. @default none */
  readonly args?: readonly string[];
  /** Flags and what they mean; `required` ones first. @default none */
  readonly options?: Readonly<Record<string, string>>;
  /** Flags of `options` that must be given. @default none */
  readonly required?: readonly string[];
  readonly ask: (client: ControlClient, given: Given, signal: AbortSignal) => Promise<unknown>;
  /** Fields that are shown of each row. @default all of one thing, a line each */
  readonly columns?: readonly string[];
  /** Asks again until the answer is an operation that has ended, with `--follow`. @default false */
  readonly follows?: boolean;
}
