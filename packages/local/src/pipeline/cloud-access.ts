import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { ReleaseError } from './errors';

export interface AccessCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

/** What every SDK client of the run is made with. */
export interface ClientSettings {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: AccessCredentials;
}

/** The part of the engine that the runner needs. */
export interface CloudAccess {
  /** The engine's URL on loopback, without a slash at the end. */
  readonly endpoint: string;
  /** Settings of a client that acts as root of `account`: the local cloud's own work, never a release's. */
  clientConfig(account: string, region: string): ClientSettings;
  /** A session of a role that trusts `service`, as the service itself obtains one. */
  serviceSession(service: string, roleArn: string): Promise<AccessCredentials>;
}

/** Sessions live an hour; one is used for half of that. */
const REUSE_MS = 30 * 60 * 1000;

interface Held {
  readonly since: number;
  readonly credentials: Promise<AccessCredentials>;
}

/** Sessions of roles, shared by the actions of a run. */
export class Sessions {
  private readonly held = new Map<string, Held>();

  constructor(
    private readonly cloud: CloudAccess,
    private readonly now: () => number = Date.now,
  ) {}

  /** A session of `roleArn` as `service` obtains it. */
  ofService(service: string, roleArn: string): Promise<AccessCredentials> {
    return this.shared(`${service} ${roleArn}`, () => this.cloud.serviceSession(service, roleArn));
  }

  /** A session of `roleArn`, assumed by `caller`. */
  assumed(
    caller: AccessCredentials,
    roleArn: string,
    region: string,
    name: string,
  ): Promise<AccessCredentials> {
    return this.shared(`${caller.accessKeyId} ${roleArn}`, () => this.assume(caller, roleArn, region, name));
  }

  /** Forgets all sessions: a role that was replaced makes them worthless. */
  clear(): void {
    this.held.clear();
  }

  private shared(key: string, obtain: () => Promise<AccessCredentials>): Promise<AccessCredentials> {
    const known = this.held.get(key);
    if (known && this.now() - known.since < REUSE_MS) return known.credentials;
    const credentials = obtain();
    this.held.set(key, { since: this.now(), credentials });
    credentials.catch(() => this.held.delete(key));
    return credentials;
  }

  private async assume(caller: AccessCredentials, roleArn: string, region: string, name: string) {
    const client = new STSClient({
      endpoint: this.cloud.endpoint,
      region,
      credentials: { ...caller, sessionToken: caller.sessionToken as string },
    });
    try {
      const session = await client.send(
        new AssumeRoleCommand({
          RoleArn: roleArn,
          RoleSessionName: name.replace(/[^\w+=,.@-]/g, '-').slice(0, 64),
        }),
      );
      const {
        AccessKeyId: accessKeyId,
        SecretAccessKey: secretAccessKey,
        SessionToken,
      } = session.Credentials ?? {};
      if (!accessKeyId || !secretAccessKey)
        throw new ReleaseError(`role ${roleArn}: the engine gave no credentials`);
      return { accessKeyId, secretAccessKey, sessionToken: SessionToken };
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
