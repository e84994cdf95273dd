import { AssumeRoleCommand, type STSClient } from '@aws-sdk/client-sts';

/** Sessions are renewed when this little of them is left, in milliseconds. */
const MARGIN = 5 * 60 * 1000;

/** Credentials as the SDK's clients take them. */
export interface SessionCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  /** Clients ask again shortly before it. @default they never ask again */
  readonly expiration?: Date;
}

export interface RoleSessionOptions {
  readonly sts: Pick<STSClient, 'send'>;
  readonly roleArn: string;
  readonly sessionName: string;
  /** Tags of the session, by which its policy may narrow it. @default none */
  readonly tags?: Readonly<Record<string, string>>;
  /** Milliseconds since the epoch. @default the clock */
  readonly now?: () => number;
}

/**
 * Credentials of a role, assumed once for all who ask: kept until five minutes before they end, and never
 * asked for twice at the same time. A failure is not kept.
 */
export function roleSession({
  sts,
  roleArn,
  sessionName,
  tags = {},
  now = Date.now,
}: RoleSessionOptions): () => Promise<SessionCredentials> {
  let session: Promise<SessionCredentials> | undefined;
  let endsAt = Number.POSITIVE_INFINITY;
  return () => {
    if (session && endsAt - now() > MARGIN) return session;
    endsAt = Number.POSITIVE_INFINITY;
    session = assume(sts, roleArn, sessionName, tags).then(
      (credentials) => {
        endsAt = credentials.expiration?.getTime() ?? 0;
        return credentials;
      },
      (error) => {
        session = undefined;
        throw error;
      },
    );
    return session;
  };
}

async function assume(
  sts: Pick<STSClient, 'send'>,
  RoleArn: string,
  RoleSessionName: string,
  tags: Readonly<Record<string, string>>,
): Promise<SessionCredentials> {
  const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  const command = new AssumeRoleCommand({
    RoleArn,
    RoleSessionName,
    DurationSeconds: 3600,
    ...(Tags.length > 0 ? { Tags } : {}),
  });
  const { Credentials } = await sts.send(command);
  if (!Credentials?.AccessKeyId || !Credentials.SecretAccessKey || !Credentials.SessionToken)
    throw new TypeError('sts answered without credentials');
  return {
    accessKeyId: Credentials.AccessKeyId,
    secretAccessKey: Credentials.SecretAccessKey,
    sessionToken: Credentials.SessionToken,
    ...(Credentials.Expiration ? { expiration: Credentials.Expiration } : {}),
  };
}
