import { configurationSchema, type PageConfiguration } from './page-configuration';

/** The page's configuration could not be had; `message` says what is wrong with it, for whoever runs the platform. */
export class ConfigurationError extends Error {
  override get name(): string {
    return 'ConfigurationError';
  }
}

/**
 * Reads `config.json`.
 *
 * @param url of the file
 * @throws ConfigurationError when it is not there or not as it should be
 */
export async function fetchConfiguration(
  url: string,
  request: typeof fetch = fetch,
): Promise<PageConfiguration> {
  let answer: Response;
  try {
    answer = await request(url, { cache: 'no-cache' });
  } catch (cause) {
    throw new ConfigurationError(`${url}: no answer`, { cause });
  }
  if (!answer.ok) throw new ConfigurationError(`${url}: answered ${answer.status}`);
  const body: unknown = await answer.json().catch(() => undefined);
  const parsed = configurationSchema.safeParse(body);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'it'}: ${message}`);
  throw new ConfigurationError(`${url}: ${faults.join('; ')}`);
}
