import { CodeCommitClient } from '@aws-sdk/client-codecommit';
import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetParameterCommand, ParameterNotFound, type SSMClient } from '@aws-sdk/client-ssm';
import type { STSClient } from '@aws-sdk/client-sts';
import { roleSession } from '../deployment-access/role-session';
import { CodecommitRepository } from './codecommit-repository';
import { GithubCalls } from './github-calls';
import { GithubRepository } from './github-repository';
import type { ManifestRepository } from './manifest-repository';
import { repositorySource } from './repository-source';
import type { SourceEnvironment, SourceSettings } from './source-environment';
import { sourceSettingsSchema } from './source-environment';
import { SourceError } from './source-error';
import type { SourceProvider } from './source-provider';

/** How long the parameter's word holds, in milliseconds. */
const KEPT = 60_000;
/** How long a token is kept, in milliseconds; a refused one is forgotten at once. */
const TOKEN_KEPT = 300_000;

/** Gives the manifest's repository. @throws SourceError when none is set */
export type OpenSource = () => Promise<SourceProvider>;

export interface SourceOpenerOptions {
  readonly environment: Pick<SourceEnvironment, 'SOURCE' | 'SOURCE_PARAMETER'>;
  readonly ssm: Pick<SSMClient, 'send'>;
  readonly secrets: Pick<SecretsManagerClient, 'send'>;
  readonly sts: Pick<STSClient, 'send'>;
  /** Milliseconds since the epoch. @default Date.now */
  readonly now?: () => number;
}

/** Opens the repository that the parameter names, else the manifest's own; kept for a minute. */
export function sourceOpener(options: SourceOpenerOptions): OpenSource {
  const { environment, ssm, now = Date.now } = options;
  let opened: { readonly text: string; readonly source: SourceProvider } | undefined;
  let readAt = Number.NEGATIVE_INFINITY;
  return async () => {
    if (opened && now() - readAt < KEPT) return opened.source;
    const at = now();
    const settings = (await parameter(ssm, environment.SOURCE_PARAMETER)) ?? environment.SOURCE;
    if (!settings)
      throw new SourceError(
        `the manifest's repository cannot be changed from here: write the parameter ${environment.SOURCE_PARAMETER}, as docs/control-plane.md says`,
        { transient: false },
      );
    const text = JSON.stringify(settings);
    // The same settings keep their clients, sessions and token.
    if (opened?.text !== text) opened = { text, source: repositorySource(repositoryOf(settings, options)) };
    readAt = at;
    return opened.source;
  };
}

async function parameter(ssm: Pick<SSMClient, 'send'>, Name: string): Promise<SourceSettings | undefined> {
  let value: string | undefined;
  try {
    value = (await ssm.send(new GetParameterCommand({ Name }))).Parameter?.Value;
  } catch (cause) {
    if (cause instanceof ParameterNotFound) return undefined;
    throw new SourceError(`parameter ${Name} could not be read`, { transient: true, cause });
  }
  const parsed = sourceSettingsSchema.safeParse(jsonOf(value ?? ''));
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'it'}: ${message}`);
  throw new SourceError(`parameter ${Name} is no source: ${faults.join('; ')}`, { transient: false });
}

function repositoryOf(settings: SourceSettings, options: SourceOpenerOptions): ManifestRepository {
  if (settings.provider === 'github') {
    const token = secretText(settings.tokenSecretArn, options);
    const calls = new GithubCalls({
      apiUrl: settings.apiUrl,
      token: token.read,
      forgetToken: token.forget,
    });
    return new GithubRepository({ ...settings, calls });
  }
  const { region, roleArn } = settings;
  const credentials = roleSession({ sts: options.sts, roleArn, sessionName: 'granary-source' });
  return new CodecommitRepository({ ...settings, client: new CodeCommitClient({ region, credentials }) });
}

function secretText(SecretId: string, { secrets, now = Date.now }: SourceOpenerOptions) {
  let kept: string | undefined;
  let readAt = 0;
  return {
    forget: () => {
      kept = undefined;
    },
    read: async () => {
      if (kept !== undefined && now() - readAt < TOKEN_KEPT) return kept;
      const answer = await secrets.send(new GetSecretValueCommand({ SecretId })).catch((cause) => {
        throw new SourceError(
          `the token of the manifest's repository could not be read from the secret "${SecretId}": ${(cause as Error).name}`,
          { transient: (cause as Error).name !== 'ResourceNotFoundException', cause },
        );
      });
      const text = answer.SecretString?.trim();
      if (!text) throw new SourceError(`the secret "${SecretId}" holds no text`, { transient: false });
      [kept, readAt] = [text, now()];
      return text;
    },
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
