import { type Attempt, type Clock, type Patience, patiently } from './patience';
import type { SmokeSettings } from './smoke-settings';
import { SmokeTestError } from './step-error';

export interface SmokeDependencies {
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  readonly print: (line: string) => void;
}

/** A new API answers with errors for a while. */
const FRESH_API: Patience = { limit: 120_000, pause: 1_000, longest: 10_000 };
const ANSWER_MS = 15_000;

/**
 * Whether a deployment's services run and its API is closed to strangers.
 * @throws SmokeTestError that names every route at fault
 */
export async function smokeTest(
  { API_URL, HEALTH_PATHS, GUARDED_PATH }: SmokeSettings,
  dependencies: SmokeDependencies,
): Promise<void> {
  const checks = [
    ...HEALTH_PATHS.map((path) => ({ path, expected: [200] })),
    { path: GUARDED_PATH, expected: [401, 403] },
  ];
  const faults = await Promise.all(
    checks.map(async ({ path, expected }) => {
      const url = new URL(path.slice(1), API_URL.endsWith('/') ? API_URL : `${API_URL}/`);
      const outcome = await patiently(() => ask(url, expected, dependencies), FRESH_API, dependencies.clock);
      if (!outcome.done) return `GET ${url} ${outcome.reason}`;
      dependencies.print(`GET ${url} answered ${outcome.value}, as it must`);
      return undefined;
    }),
  );
  const found = faults.filter((fault) => fault !== undefined);
  if (found.length > 0)
    throw new SmokeTestError(`the deployment does not answer as it must: ${found.join('; ')}`);
}

async function ask(
  url: URL,
  expected: readonly number[],
  { fetch: request }: SmokeDependencies,
): Promise<Attempt<number>> {
  try {
    const response = await request(url, { redirect: 'error', signal: AbortSignal.timeout(ANSWER_MS) });
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
