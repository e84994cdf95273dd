import type { CanaryFailure, CanaryReport } from '../gate/observation';
import { type Ask, catalogueFlow, headersOf, visitorFlow } from './canary-flow';
import type { SignIn } from './canary-user';

/** Flows that one call may ask for. */
export const MAXIMUM_FLOWS = 25;
/** Requests of one flow. */
export const REQUESTS_PER_FLOW = { user: 4, visitor: 3 } as const;

/** A slower answer counts as a failure, in milliseconds. The first flow of a process is not measured: it starts the others. */
const SLOW = 5_000;
const TIMEOUT = 10_000;
/** A call ends after this, whatever is left of its flows, in milliseconds. */
const WHOLE = 20_000;
const KEPT_FAILURES = 5;
/** How long a token is used, in milliseconds: half of its life. */
const TOKEN_AGE = 15 * 60_000;

export interface CanaryOptions {
  /** With a slash at the end. */
  readonly baseUrl: string;
  /** @default a visitor: nobody signs in */
  readonly signIn?: SignIn;
  readonly fetch: typeof globalThis.fetch;
  /** Milliseconds that only grow. */
  readonly clock: () => number;
  readonly now: () => Date;
  readonly newMarker: () => string;
}

/** Makes so many flows of requests and tells how they went. Never rejects: what fails is in the report. */
export type Canary = (flows: number) => Promise<CanaryReport>;

class Tally {
  requests = 0;
  failed = 0;
  slowest = 0;
  readonly failures: CanaryFailure[] = [];

  fail(operation: string, reason: string): void {
    this.failed += 1;
    if (this.failures.length < KEPT_FAILURES) this.failures.push({ operation, reason });
  }
}

/** A canary of one deployment; it signs in once and goes on with that token for half of its life. */
export function canary(options: CanaryOptions): Canary {
  const { clock, signIn, newMarker, now } = options;
  let session: { readonly token: string; readonly at: number } | undefined;
  let warm = false;

  async function tokenOf(tally: Tally): Promise<string | undefined> {
    if (!signIn) return undefined;
    if (session && clock() - session.at < TOKEN_AGE) return session.token;
    tally.requests += 1;
    try {
      session = { token: await signIn(), at: clock() };
      return session.token;
    } catch (error) {
      // The name alone: a message of a service may repeat what was sent.
      tally.fail('signIn', error instanceof Error ? error.name : 'no error');
      return undefined;
    }
  }

  return async (flows) => {
    const tally = new Tally();
    const until = clock() + WHOLE;
    const token = await tokenOf(tally);
    if (signIn && token === undefined) return reportOf(tally);
    const ask = (measured: boolean): Ask => asker(options, token, tally, measured);
    const flow = (measured: boolean) =>
      signIn ? catalogueFlow(ask(measured), newMarker(), now()) : visitorFlow(ask(measured));
    // One after the other: several at once would start an environment of every function for each.
    for (let left = Math.min(flows, MAXIMUM_FLOWS); left > 0 && clock() < until; left -= 1) {
      await flow(warm);
      warm = true;
    }
    // A refused token is not used again, or one bad moment would fail every call until the token ends.
    if (tally.failures.some(({ reason }) => reason === '401')) session = undefined;
    return reportOf(tally);
  };
}

function asker(
  { baseUrl, fetch, clock }: CanaryOptions,
  token: string | undefined,
  tally: Tally,
  measured: boolean,
): Ask {
  return async (request) => {
    tally.requests += 1;
    const start = clock();
    try {
      const response = await fetch(new URL(request.path, baseUrl), {
        method: request.method,
        headers: headersOf(request, token),
        ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT),
      });
      const text = await response.text();
      const took = clock() - start;
      if (measured) tally.slowest = Math.max(tally.slowest, took);
      if (response.status !== request.status) tally.fail(request.operation, String(response.status));
      else if (measured && took > SLOW)
        tally.fail(request.operation, `answered after ${Math.round(took)} ms`);
      else return text === '' ? undefined : (JSON.parse(text) as unknown);
    } catch (error) {
      tally.fail(request.operation, error instanceof SyntaxError ? 'no JSON' : 'no answer');
    }
    return undefined;
  };
}

function reportOf({ requests, failed, failures, slowest }: Tally): CanaryReport {
  return { requests, failed, failures, slowest: Math.round(slowest) };
}
