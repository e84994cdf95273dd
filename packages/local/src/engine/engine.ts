import { randomBytes } from 'node:crypto';
import { type CloudEndpoint, type EngineCredentials, type PipelineCall, rootAccess } from './engine-client';
import { type EngineExit, launch } from './engine-process';
import { EngineRequestError } from './errors';
import { type SentMail, sentMails } from './sent-mail';

export interface EngineOptions {
  /** The Python of the engine's environment, from `installEngine`. */
  readonly python: string;
  /** Folder of the engine's state; made when it is missing. */
  readonly stateFolder: string;
  /** File that takes the engine's log, appended to. */
  readonly logFile: string;
  /**
   * Port on 127.0.0.1.
   * @default a free one
   */
  readonly port?: number;
  /**
   * Whether state outlives the process: it is saved by `checkpoint()` and by a clean stop.
   * @default true
   */
  readonly persist?: boolean;
  /**
   * Seconds that a minute of an alarm's period lasts.
   * @default 10
   */
  readonly alarmMinuteSeconds?: number;
}

/** A running engine, owned by this process: it ends when this process does. */
export interface Engine extends CloudEndpoint {
  readonly port: number;
  readonly pid: number;
  /** Opens the engine's own operations (/_granary/, /_ministack/); of this start only. */
  readonly adminToken: string;
  /** Secret access key of every account's root; of this start only. */
  readonly rootSecret: string;
  /** Saves state, ends the engine and its function processes; kills them after `graceMs` (10 000 ms unless given). */
  stop(graceMs?: number): Promise<EngineExit>;
  /** Ends the engine at once without saving, as a crash would. */
  kill(): Promise<EngineExit>;
  /** Settles when the process is gone, for whatever reason. */
  readonly exited: Promise<EngineExit>;
}

const STOP_GRACE_MS = 10_000;
const ALARM_MINUTE_SECONDS = 10;

interface SessionAnswer {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

const requester =
  (endpoint: string, adminToken: string) =>
  async <T>(operation: string, body: object, signal: AbortSignal | null = null): Promise<T> => {
    const response = await fetch(`${endpoint}/_granary/${operation}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-granary-admin-token': adminToken },
      body: JSON.stringify(body),
      signal,
    });
    const text = await response.text();
    if (!response.ok) throw new EngineRequestError(`${operation}: ${text}`, response.status);
    return JSON.parse(text) as T;
  };

/** Mails lie in the engine's own mailbox, which it opens to the admin token only. */
async function readMails(endpoint: string, adminToken: string): Promise<readonly SentMail[]> {
  const response = await fetch(`${endpoint}/_ministack/ses/messages`, {
    headers: { 'x-granary-admin-token': adminToken },
  });
  if (!response.ok) throw new EngineRequestError(`mails: ${await response.text()}`, response.status);
  return sentMails(await response.json());
}

/**
 * Starts the engine and waits until it serves.
 *
 * @throws EngineStartError when the port is taken, the engine is not the pinned version, or it ends at its start.
 */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  const adminToken = randomBytes(32).toString('hex');
  const rootSecret = randomBytes(32).toString('hex');
  const { port = 0, persist = true, stateFolder, alarmMinuteSeconds = ALARM_MINUTE_SECONDS } = options;
  const settings = { port, adminToken, rootSecret, stateFolder, persist, alarmMinuteSeconds };
  const running = await launch(options.python, settings, options.logFile);
  const endpoint = `http://127.0.0.1:${running.port}`;
  const request = requester(endpoint, adminToken);
  return {
    ...rootAccess(endpoint, rootSecret),
    port: running.port,
    pid: running.pid,
    adminToken,
    rootSecret,
    exited: running.exited,
    serviceSession: async (service, roleArn, sessionName = 'granary'): Promise<EngineCredentials> => {
      const { accessKeyId, secretAccessKey, sessionToken } = await request<SessionAnswer>('service-session', {
        service,
        roleArn,
        sessionName,
      });
      return { accessKeyId, secretAccessKey, sessionToken };
    },
    pipelineCalls: async (signal) => {
      try {
        return (await request<{ calls: PipelineCall[] }>('pipeline-calls', {}, signal)).calls;
      } catch (error) {
        if (signal.aborted) return [];
        throw error;
      }
    },
    answerPipelineCall: async (id, answer) => {
      await request('pipeline-answer', { id, ...answer });
    },
    injectFaults: async (faults) =>
      (await request<{ left: readonly { readonly times: number }[] }>('faults', { faults })).left.reduce(
        (sum, { times }) => sum + times,
        0,
      ),
    sentMails: () => readMails(endpoint, adminToken),
    checkpoint: async () => {
      await request('checkpoint', {});
    },
    stop: (graceMs = STOP_GRACE_MS) => running.stop(graceMs),
    kill: () => running.kill(),
  };
}
