import { setTimeout as pause } from 'node:timers/promises';
import type { CloudEndpoint, PipelineAnswer, PipelineCall } from '../engine/engine-client';
import { messageOf } from './errors';

/** An error of CodePipeline's API. */
export class PipelineCallError extends Error {
  override readonly name = 'PipelineCallError';
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** Answers one operation: what the API returns, dates as seconds. Rejects with PipelineCallError. */
export type PipelineOperation = (call: PipelineCall) => Promise<object> | object;

const RETRY_MS = 500;

/** Answers the calls of CodePipeline's API that arrive at the engine, for as long as it lives. */
export class PipelineCalls {
  private readonly abort = new AbortController();
  private readonly serving: Promise<void>;

  constructor(
    private readonly engine: Pick<CloudEndpoint, 'pipelineCalls' | 'answerPipelineCall'>,
    private readonly operations: Readonly<Record<string, PipelineOperation>>,
  ) {
    this.serving = this.serve();
  }

  async close(): Promise<void> {
    this.abort.abort();
    await this.serving;
  }

  private async serve(): Promise<void> {
    const { signal } = this.abort;
    while (!signal.aborted) {
      try {
        // Answered side by side: one may wait for another.
        for (const call of await this.engine.pipelineCalls(signal)) void this.answer(call);
      } catch {
        // An engine that is gone ends the local cloud by itself.
        await pause(RETRY_MS, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  private async answer(call: PipelineCall): Promise<void> {
    const answer = await this.perform(call);
    await this.engine.answerPipelineCall(call.id, answer).catch(() => undefined);
  }

  private async perform(call: PipelineCall): Promise<PipelineAnswer> {
    try {
      const operation = this.operations[call.operation];
      if (!operation)
        throw new PipelineCallError(
          'UnknownOperationException',
          `the local cloud does not run codepipeline:${call.operation}`,
        );
      return { output: await operation(call) };
    } catch (error) {
      const code = error instanceof PipelineCallError ? error.code : 'ValidationException';
      return { error: { code, message: messageOf(error) } };
    }
  }
}
