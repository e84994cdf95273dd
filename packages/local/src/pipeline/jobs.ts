import { randomUUID } from 'node:crypto';

/** What a function said of the job that it was given. */
export type JobResult =
  | { readonly succeeded: true; readonly variables: Readonly<Record<string, string>> }
  | { readonly succeeded: false; readonly reason: string };

export interface OpenJob {
  readonly id: string;
  /** Never settles when the function says nothing. */
  readonly result: Promise<JobResult>;
  /** Ends the job: a result that comes later finds none. */
  close(): void;
}

/** The jobs that functions were given and have not answered yet, as CodePipeline keeps them. */
export class Jobs {
  private readonly waiting = new Map<string, (result: JobResult) => void>();

  open(): OpenJob {
    const id = randomUUID();
    const result = new Promise<JobResult>((resolve) => this.waiting.set(id, resolve));
    return { id, result, close: () => this.waiting.delete(id) };
  }

  /** @returns false when no such job waits */
  settle(id: string, result: JobResult): boolean {
    const resolve = this.waiting.get(id);
    resolve?.(result);
    return resolve !== undefined;
  }
}
