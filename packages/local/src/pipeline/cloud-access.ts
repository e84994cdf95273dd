import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { CloudEndpoint, EngineCredentials } from '../engine/engine-client';
import { ReleaseError } from './errors';

/** The part of the engine that the runner needs. */
export type CloudAccess = Pick<CloudEndpoint, 'endpoint' | 'clientConfig' | 'serviceSession'>;

/** Sessions live an hour; one is used for half of that. */
const REUSE_MS = 30 * 60 * 1000;

interface Held {
  readonly since: number;
  readonly credentials: Promise<EngineCredentials>;
}

/** Sessions of roles, shared by the actions of a run. */
export class Sessions {
  private readonly held = new Map<string, Held>();

  constructor(
    private readonly cloud: CloudAccess,
    private readonly now: () => number = Date.now,
  ) {}

  /** A session of `roleArn` as `service` obtains it. */
  ofService(service: string, roleArn: string): Promise<EngineCredentials> {
    return this.shared(`${service} ${roleArn}`, () => this.cloud.serviceSession(service, roleArn));
  }

  /** A session of `roleArn`, assumed by `caller`. */
  assumed(
    caller: EngineCredentials,
    roleArn: string,
    region: string,
    name: string,
  ): Promise<EngineCredentials> {
    return this.shared(`${caller.accessKeyId} ${roleArn}`, () => this.assume(caller, roleArn, region, name));
  }

  /** Forgets all sessions: a role that was replaced makes them worthless. */
  clear(): void {
    this.held.clear();
  }

  private shared(key: string, obtain: () => Promise<EngineCredentials>): Promise<EngineCredentials> {
    const known = this.held.get(key);
    if (known && this.now() - known.since < REUSE_MS) return known.credentials;
    const credentials = obtain();
    this.held.set(key, { since: this.now(), credentials });
    credentials.catch(() => this.held.delete(key));
    return credentials;
  }

  private async assume(
    caller: EngineCredentials,
    roleArn: string,
    region: string,
    name: string,
  ): Promise<EngineCredentials> {
    const client = new STSClient({
      endpoint: this.cloud.endpoint,
      region,
      credentials: caller,
    });
    try {
      const session = await client.send(
        new AssumeRoleCommand({
          RoleArn: roleArn,
          RoleSessionName: name.replace(/[^\w+=,.@-]/g, '-').slice(0, 64),
        }),
      );
      const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = session.Credentials ?? {};
      return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
    } catch (cause) {
      throw new ReleaseError(
        `role ${roleArn} cannot be assumed: its trust policy or the caller's policy denies it`,
        {
          cause,
        },
      );
    } finally {
      client.destroy();
    }
  }
}
