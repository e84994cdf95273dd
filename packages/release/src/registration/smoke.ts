import { type Attempt, type Clock, type Patience, patiently } from './patience';
import type { SmokeSettings } from './smoke-settings';
import { SmokeTestError } from './step-error';

export interface SmokeDependencies {
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  readonly print: (line: string) => void;
  /** Ends a request that takes so many milliseconds. @default AbortSignal.timeout */
  readonly deadline?: (milliseconds: number) => AbortSignal;
}

/** A new API answers with errors for a while. */
const FRESH_API: Patience = { limit: 120_000, pause: 1_000, longest: 10_000 };
const ANSWER_MS = 15_000;

/**
 * Whether a deployment's services run and its API is closed to strangers.
 * @throws SmokeTestError that names every route at fault
 */
export async function smokeTest(settings: SmokeSettings, dependencies: SmokeDependencies): Promise<void> {
  const found = await faults(checksOf(settings), async ({ url, expected }) => {
    const outcome = await patiently(() => ask(url, expected, dependencies), FRESH_API, dependencies.clock);
    if (outcome.done) dependencies.print(`GET ${url} answered ${outcome.value}, as it must`);
    return outcome;
  });
  if (found.length > 0) throw new SmokeTestError(atFault(found));
}

/** One try of the same. @returns what is at fault, undefined when nothing is */
export async function smokeOnce(
  settings: SmokeSettings,
  dependencies: Pick<SmokeDependencies, 'fetch' | 'deadline'>,
): Promise<string | undefined> {
  const found = await faults(checksOf(settings), ({ url, expected }) => ask(url, expected, dependencies));
  return found.length > 0 ? atFault(found) : undefined;
}

interface Check {
  readonly url: URL;
  readonly expected: readonly number[];
}

function checksOf({ API_URL, HEALTH_PATHS, GUARDED_PATH }: SmokeSettings): readonly Check[] {
  const base = API_URL.endsWith('/') ? API_URL : `${API_URL}/`;
  const check = (path: string, expected: readonly number[]) => ({
    url: new URL(path.slice(1), base),
    expected,
  });
  return [...HEALTH_PATHS.map((path) => check(path, [200])), check(GUARDED_PATH, [401, 403])];
}

async function faults(
  checks: readonly Check[],
  attempt: (check: Check) => Promise<Attempt<number>>,
): Promise<readonly string[]> {
  const found = await Promise.all(
    checks.map(async (check) => {
      const outcome = await attempt(check);
      return outcome.done ? [] : [`GET ${check.url} ${outcome.reason}`];
    }),
  );
  return found.flat();
}

function atFault(found: readonly string[]): string {
  return `the deployment does not answer as it must: ${found.join('; ')}`;
}

async function ask(
  url: URL,
  expected: readonly number[],
  { fetch: request, deadline = AbortSignal.timeout }: Pick<SmokeDependencies, 'fetch' | 'deadline'>,
): Promise<Attempt<number>> {
  try {
    const response = await request(url, { redirect: 'error', signal: deadline(ANSWER_MS) });
    await response.body?.cancel();
    if (expected.includes(response.status)) return { done: true, value: response.status };
    return { done: false, reason: `answered ${response.status}, not ${expected.join(' or ')}` };
  } catch (error) {
    return { done: false, reason: `failed: ${causeOf(error)}` };
  }
}

function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
