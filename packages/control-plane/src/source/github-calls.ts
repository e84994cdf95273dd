import type * as z from 'zod';
import { SourceError } from './source-error';

/** Time for one call, in milliseconds. */
const TIMEOUT = 10_000;

export interface GithubCallsOptions {
  /** `https://api.github.com`, or `https://<host>/api/v3` of a server of one's own. */
  readonly apiUrl: string;
  /** Gives the token; asked again after the server refused one. It is in no message. */
  readonly token: () => Promise<string>;
  /** Forgets the token that was refused. @default nothing is forgotten */
  readonly forgetToken?: () => void;
  /** @default the global fetch */
  readonly fetch?: typeof fetch;
}

/** What the server said to a change. */
export interface GithubAnswer {
  readonly status: number;
  /** Whether the body of a refusal holds these words. */
  says(words: string): boolean;
  /** @throws SourceError unless the call succeeded with such a body */
  parse<Schema extends z.ZodType>(schema: Schema): z.output<Schema>;
}

/** The REST calls of GitHub, each a fetch. All throw SourceError. */
export class GithubCalls {
  constructor(private readonly options: GithubCallsOptions) {}

  async get<Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.output<Schema>> {
    return (await this.send('GET', path)).parse(schema);
  }

  async send(method: 'GET' | 'POST' | 'PUT', path: string, body?: object): Promise<GithubAnswer> {
    const url = `${this.options.apiUrl.replace(/\/$/, '')}${path}`;
    const what = `${method} ${url}`;
    const headers = {
      accept: 'application/vnd.github+json',
      'x-github-api-version': '2022-11-28',
      'user-agent': 'granary',
      authorization: `Bearer ${await this.options.token()}`,
      ...(body ? { 'content-type': 'application/json' } : {}),
    };
    const request = this.options.fetch ?? fetch;
    try {
      const response = await request(url, {
        method,
        headers,
        // A redirect would carry the token to another place.
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT),
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      if (response.status === 401) this.options.forgetToken?.();
      return answerOf(what, response.status, response.headers, await response.text());
    } catch (cause) {
      throw new SourceError(`${what} had no answer: ${(cause as Error).message}`, { transient: true, cause });
    }
  }
}

function answerOf(what: string, status: number, headers: Headers, text: string): GithubAnswer {
  const says = (words: string) => text.toLowerCase().includes(words.toLowerCase());
  return {
    status,
    says,
    parse(schema) {
      if (status < 200 || status > 299) throw refusal(what, status, headers, says);
      const parsed = schema.safeParse(jsonOf(text));
      if (parsed.success) return parsed.data;
      const at = parsed.error.issues.map(({ path }) => path.join('.')).join(', ');
      throw new SourceError(`${what} answered something else than GitHub does, at ${at || 'the body'}`, {
        transient: false,
      });
    },
  };
}

const ADVICE: Readonly<Record<number, string>> = {
  401: 'the token is wrong or has ended: store a new one in the secret',
  403: 'the token may not do this: it needs contents and pull requests, read and write',
  404: 'there is no such repository, branch or file, or the token does not reach it',
};

function refusal(what: string, status: number, headers: Headers, says: GithubAnswer['says']): SourceError {
  // A rate limit is a 403 or 429 that tells when to come back.
  const limited =
    status === 429 ||
    (status === 403 && (headers.get('x-ratelimit-remaining') === '0' || says('rate limit')));
  const transient = limited || status >= 500 || status === 409 || status === 401;
  const advice = limited ? 'the rate limit is reached: wait' : ADVICE[status];
  return new SourceError(`${what} answered ${status}${advice ? `: ${advice}` : ''}`, { transient });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
