import type { InjectedFault } from './injected-fault';
import type { SentMail } from './sent-mail';

/** Credentials as every AWS SDK client takes them. */
export interface EngineCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** What an AWS SDK v3 client of the local cloud is made with. */
export interface EngineClientConfig {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: EngineCredentials;
}

/** A call of CodePipeline's API that whoever executes the pipelines has to answer. */
export interface PipelineCall {
  readonly id: string;
  /** As the API names it, such as `RetryStageExecution`. */
  readonly operation: string;
  readonly account: string;
  readonly region: string;
  /** The request's body. */
  readonly input: Readonly<Record<string, unknown>>;
}

/** The answer to a call: what the API returns (dates as seconds), or an error of its name. */
export type PipelineAnswer =
  | { readonly output: object }
  | { readonly error: { readonly code: string; readonly message: string } };

/** Something that speaks AWS on this machine, with the means to act in any of its accounts. */
export interface CloudEndpoint {
  /** URL on loopback, without a slash at the end. */
  readonly endpoint: string;
  /** The root of a twelve-digit account. For the local cloud's own use: never for a release or a function. */
  rootCredentials(account: string): EngineCredentials;
  /** Settings of a client that acts as root of `account`. */
  clientConfig(account: string, region: string): EngineClientConfig;
  /**
   * A session of a role that trusts an AWS service, such as `codebuild.amazonaws.com`, as the service obtains one.
   * Lives an hour.
   * @throws EngineRequestError 403 when the role does not exist or its trust policy does not admit the service.
   */
  serviceSession(service: string, roleArn: string, sessionName?: string): Promise<EngineCredentials>;
  /** Waits for calls of CodePipeline's API; empty after some seconds without one, or once the signal aborts. */
  pipelineCalls(signal: AbortSignal): Promise<readonly PipelineCall[]>;
  answerPipelineCall(id: string, answer: PipelineAnswer): Promise<void>;
  /**
   * Lets things go wrong on purpose, in place of what was asked for before; none ends all of it.
   * @returns how many errors of those before nobody has met
   * @throws EngineRequestError when a fault names a stack that is not there
   */
  injectFaults(faults: readonly InjectedFault[]): Promise<number>;
  /**
   * Mails since the start, of all accounts, the oldest first: invitations, codes, the platform's own.
   * @throws EngineError where they are not ours to read
   */
  sentMails(): Promise<readonly SentMail[]>;
  /** Saves all state, so that a kill afterwards loses nothing. */
  checkpoint(): Promise<void>;
}

/** The root side of an endpoint, from its secret. */
export const rootAccess = (endpoint: string, secretAccessKey: string) => {
  const rootCredentials = (account: string): EngineCredentials => ({ accessKeyId: account, secretAccessKey });
  return {
    endpoint,
    rootCredentials,
    clientConfig: (account: string, region: string): EngineClientConfig => ({
      endpoint,
      region,
      credentials: rootCredentials(account),
    }),
  };
};
