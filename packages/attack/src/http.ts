import { Agent, request } from 'node:http';
import type { Answer, Place } from './answer';

/** An HTTP request as it goes over the line: nothing is normalised, headers may repeat. */
export interface RawRequest {
  readonly method: string;
  /** The API's URL, with a slash at the end. */
  readonly baseUrl: string;
  /** Appended to the URL's path as it is, query included. */
  readonly path: string;
  /** @default none */
  readonly token?: string;
  /** More headers, in order; a name may occur twice. @default none */
  readonly headers?: readonly (readonly [string, string])[];
  /** JSON of it is sent; a string is sent as it is. @default none */
  readonly body?: unknown;
}

const agent = new Agent({ keepAlive: true, maxSockets: 16 });
const TIMEOUT_MS = 60_000;

/** Sends a request. A connection that breaks is an answer with status 0. */
export async function send(raw: RawRequest): Promise<Answer> {
  const { hostname, port, pathname } = new URL(raw.baseUrl);
  const body = raw.body === undefined || typeof raw.body === 'string' ? raw.body : JSON.stringify(raw.body);
  const headers = [
    ['host', `${hostname}:${port}`],
    ...(raw.token === undefined ? [] : [['authorization', `Bearer ${raw.token}`]]),
    ...(body === undefined
      ? []
      : [
          ['content-type', 'application/json'],
          ['content-length', `${Buffer.byteLength(body)}`],
        ]),
    ...(raw.headers ?? []),
  ];
  try {
    const { status, text } = await new Promise<{ status: number; text: string }>((resolve, reject) => {
      const outgoing = request(
        {
          agent,
          host: hostname,
          port,
          method: raw.method,
          path: `${pathname}${raw.path}`,
          headers: headers.flat() as never,
          timeout: TIMEOUT_MS,
        },
        (incoming) => {
          const parts: Buffer[] = [];
          incoming.on('data', (part) => parts.push(part));
          incoming.on('error', reject);
          incoming.on('end', () => {
            const read = `${JSON.stringify(incoming.rawHeaders)}\n${Buffer.concat(parts).toString('utf8')}`;
            resolve({ status: incoming.statusCode ?? 0, text: read });
          });
        },
      );
      outgoing.on('timeout', () => outgoing.destroy(new Error(`no answer in ${TIMEOUT_MS} ms`)));
      outgoing.on('error', reject);
      outgoing.end(body);
    });
    return { ok: status >= 200 && status < 300, status, place: placeOf(status, text, headers), text };
  } catch (error) {
    return { ok: false, status: 0, place: 'gateway', text: String((error as Error).message) };
  }
}

const LIKE_A_TOKEN = /^(Bearer )?[\w-]+\.[\w-]+\.[\w-]+$/;

/** Each place refuses in words of its own; without any it is the gateway. */
function placeOf(status: number, text: string, headers: readonly (readonly string[])[]): Place {
  if (status === 401) {
    const token = headers.find(([name]) => name?.toLowerCase() === 'authorization')?.[1] ?? '';
    return LIKE_A_TOKEN.test(token) ? 'authorizer' : 'gateway';
  }
  if (!text.includes('urn:granary:problem:')) return 'gateway';
  if (text.includes('or your tenant is not active')) return 'authorizer';
  if (text.includes('there is no such route') || status === 429) return 'gateway';
  return text.includes('your role does not permit this') ? 'IAM' : 'handler';
}

/** The JSON body of an answer, undefined when it has none. */
export function bodyOf(answer: Answer): unknown {
  try {
    return JSON.parse(answer.text.slice(answer.text.indexOf('\n') + 1));
  } catch {
    return undefined;
  }
}
