import type { InjectedFault } from '../engine/injected-fault';
import type { SentMail } from '../engine/sent-mail';
import type { PendingApproval } from '../pipeline/approvals';
import type { RetryMode } from '../pipeline/condition';
import type { ApprovalDecision } from '../pipeline/providers/approval';
import type { RunEvent } from '../pipeline/run-event';
import type { RunRecord } from '../pipeline/run-record';
import { CloudError, CloudNotRunningError } from './cloud-error';
import { readCloudFile } from './cloud-file';
import type { CloudStatus } from './cloud-status';

/** Talks to the local cloud that runs on a state folder. Every method throws CloudError with a message to show. */
export class ControlClient {
  private constructor(
    private readonly stateFolder: string,
    private readonly port: number,
    private readonly token: string,
  ) {}

  /** @throws CloudNotRunningError when none runs */
  static async connect(stateFolder: string): Promise<ControlClient> {
    const file = await readCloudFile(stateFolder);
    if (!file?.control) throw new CloudNotRunningError(stateFolder);
    const client = new ControlClient(stateFolder, file.control.port, file.control.token);
    await client.status();
    return client;
  }

  status(): Promise<CloudStatus> {
    return this.json<CloudStatus>('GET', '/status');
  }

  /** Newest first. */
  runs(): Promise<readonly RunRecord[]> {
    return this.json<readonly RunRecord[]>('GET', '/runs');
  }

  /** Queues a release of a commit that the remote has; also one that failed before. */
  release(commit: string): Promise<RunRecord> {
    return this.json<RunRecord>('POST', '/pushes', { commit });
  }

  /** Answers an approval. @param action may be left out when only one waits */
  decide(action: string | undefined, decision: ApprovalDecision): Promise<PendingApproval> {
    return this.json<PendingApproval>('POST', '/approvals', { action, ...decision });
  }

  /**
   * Runs a failed stage again, and then those behind it: what failed in it, or all of it.
   *
   * @param run @default the newest run in which that stage failed
   */
  retry(stage: string, mode: RetryMode, run?: string): Promise<RunRecord> {
    return this.json<RunRecord>('POST', '/retries', { run, stage, mode });
  }

  /**
   * Lets things go wrong on purpose, in place of what was asked for before; none ends all of it.
   *
   * @returns how many errors of those before nobody has met
   */
  async injectFaults(faults: readonly InjectedFault[]): Promise<number> {
    return (await this.json<{ left: number }>('POST', '/faults', { faults })).left;
  }

  /** Mails that the platform has sent since the start, the oldest first. */
  sentMails(): Promise<readonly SentMail[]> {
    return this.json<readonly SentMail[]>('GET', '/mails');
  }

  async stop(): Promise<void> {
    await this.json('POST', '/stop', {});
  }

  /** Events from now on, until the local cloud stops or `signal` aborts. */
  async *events(signal?: AbortSignal): AsyncGenerator<RunEvent> {
    const response = await this.request('GET', '/events', undefined, signal);
    let rest = '';
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      const parts = (rest + decoder.decode(chunk, { stream: true })).split('\n');
      rest = parts.pop() ?? '';
      for (const part of parts) if (part) yield JSON.parse(part) as RunEvent;
    }
  }

  private async json<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await this.request(method, path, body);
    return (await response.json()) as T;
  }

  private async request(
    method: string,
    path: string,
    body?: unknown,
    signal?: AbortSignal,
  ): Promise<Response> {
    let response: Response;
    try {
      response = await fetch(`http://127.0.0.1:${this.port}${path}`, {
        method,
        headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        ...(signal ? { signal } : {}),
      });
    } catch (cause) {
      if (signal?.aborted) throw cause;
      throw new CloudNotRunningError(this.stateFolder);
    }
    if (response.ok) return response;
    const { message } = (await response.json().catch(() => ({}))) as { message?: string };
    throw new CloudError(message ?? `the local cloud answered ${response.status}`);
  }
}
