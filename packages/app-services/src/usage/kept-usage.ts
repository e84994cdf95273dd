import type { UsageReading, UsageSource } from './usage-source';

/** A reading and when it was taken. */
export interface KeptReading {
  readonly reading: UsageReading;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

export interface KeptUsageOptions {
  readonly source: UsageSource;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** How long a reading serves, in milliseconds. @default 5000 */
  readonly keep?: number;
  /** Keys whose readings are kept. @default 1000 */
  readonly capacity?: number;
}

/**
 * Readings that serve all who ask within some seconds: API Gateway takes ten requests a second of an account, all
 * its deployments together. Who asks at the same time shares one question; a failure is not kept.
 */
export function keptUsage({ source, now, keep = 5000, capacity = 1000 }: KeptUsageOptions) {
  const kept = new Map<string, KeptReading>();
  const asking = new Map<string, Promise<KeptReading | undefined>>();

  async function ask(place: string, keyId: string, day: string): Promise<KeptReading | undefined> {
    const at = now();
    const reading = await source(keyId, day);
    if (!reading) return undefined;
    kept.delete(place);
    kept.set(place, { reading, at });
    // A map keeps the order of insertion: the first is the oldest.
    if (kept.size > capacity) kept.delete([...kept.keys()][0] as string);
    return { reading, at };
  }

  return async (keyId: string, day: string): Promise<KeptReading | undefined> => {
    const place = `${keyId} ${day}`;
    const known = kept.get(place);
    if (known && now() - known.at < keep) return known;
    const answer = asking.get(place) ?? ask(place, keyId, day).finally(() => asking.delete(place));
    asking.set(place, answer);
    return answer;
  };
}
