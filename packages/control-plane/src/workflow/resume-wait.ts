import { SendTaskSuccessCommand, type SFNClient, TaskDoesNotExist, TaskTimedOut } from '@aws-sdk/client-sfn';
import { type ControlTable, WriteRefusedError } from '../control-table/control-table';
import { noteInWait, readWait } from './wait-record';

/** Lets a waiting state machine go on. */
export interface Callbacks {
  /** Nothing happens when nobody waits by this token any more. */
  goOn(taskToken: string): Promise<void>;
}

/** Both outcomes are a success to the state machine: the step reads from the table which of them it was. */
export class StateMachineCallbacks implements Callbacks {
  constructor(private readonly client: SFNClient) {}

  async goOn(taskToken: string): Promise<void> {
    try {
      await this.client.send(new SendTaskSuccessCommand({ taskToken, output: '{}' }));
    } catch (error) {
      if (error instanceof TaskDoesNotExist || error instanceof TaskTimedOut) return;
      throw error;
    }
  }
}

export interface ResumeDependencies {
  readonly table: ControlTable;
  readonly callbacks: Callbacks;
}

export interface Resumed {
  /** Such as `deployment:<id>`, `provision:<tenantId>`. */
  readonly key: string;
  readonly outcome: 'succeeded' | 'failed';
}

/**
 * Ends a step that waits under the key. The first outcome stands; the same again does no harm, and lets go on who
 * was not told. An outcome that comes before the state machine waits is kept for it.
 * @returns whether somebody waits under the key
 */
export async function resumeWait(
  { key, outcome }: Resumed,
  { table, callbacks }: ResumeDependencies,
): Promise<boolean> {
  const wait = await readWait(table, key);
  if (!wait) return false;
  if (wait.outcome === undefined)
    try {
      await table.write([noteInWait(key, wait.operationId, { outcome })]);
    } catch (error) {
      // Another operation opened it anew, or it is closed: what we know is not about that.
      if (error instanceof WriteRefusedError) return false;
      throw error;
    }
  const token = (await readWait(table, key))?.taskToken;
  if (token !== undefined) await callbacks.goOn(token);
  return true;
}
