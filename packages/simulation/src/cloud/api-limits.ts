import type { Agenda } from '../clock/agenda';
import type { Place } from './place';
import { type ApiName, PUBLISHED_RATES, type PublishedRate } from './published-rates';
import { mostInASecond, RateLimit } from './rate-limit';

/** What one API had to bear, over all places. */
export interface ApiLoad {
  readonly api: ApiName;
  readonly calls: number;
  readonly throttled: number;
  /** The most calls that were let through in one second in one place. */
  readonly peak: number;
  /** The most that its rate lets through. */
  readonly most: number;
  /** The longest that a call waited for its place, in seconds. */
  readonly longestWait: number;
}

/** What a throttled call throws: the service's own name for it. */
export class ThrottledError extends Error {
  override readonly name = 'ThrottlingException';

  constructor(api: ApiName) {
    super(`Rate exceeded (${api})`);
  }
}

/** The rates of all APIs, a bucket for each API and place. */
export class ApiLimits {
  private readonly limits = new Map<ApiName, Map<string, RateLimit>>();
  /** By the object that names a place: most callers keep theirs. */
  private readonly known = new WeakMap<Place, Partial<Record<ApiName, RateLimit>>>();

  constructor(private readonly agenda: Agenda) {}

  /** A call of ours. @throws ThrottledError when it comes too soon */
  call(api: ApiName, place: Place): void {
    if (!this.limit(api, place).admit(this.agenda.now)) throw new ThrottledError(api);
  }

  /** Calls of a service that waits by itself, as CloudFormation does. @returns seconds until the last is through */
  queue(api: ApiName, place: Place, calls: number): number {
    const limit = this.limit(api, place);
    let seconds = 0;
    for (let call = 0; call < calls; call += 1) seconds = limit.reserve(this.agenda.now);
    return seconds;
  }

  /** By API, for those that were called. */
  loads(): readonly ApiLoad[] {
    return (Object.keys(PUBLISHED_RATES) as ApiName[]).flatMap((api) => {
      const limits = [...(this.limits.get(api)?.values() ?? [])];
      if (limits.length === 0) return [];
      const over = (value: (limit: RateLimit) => number, join: (one: number, other: number) => number) =>
        limits.map(value).reduce(join, 0);
      return [
        {
          api,
          calls: over(({ admitted }) => admitted, sum),
          throttled: over(({ refused }) => refused, sum),
          peak: over(({ peak }) => peak, larger),
          most: mostInASecond(PUBLISHED_RATES[api]),
          longestWait: over(({ longestWait }) => longestWait, larger),
        },
      ];
    });
  }

  /** The bucket of an API in a place. */
  limit(api: ApiName, place: Place): RateLimit {
    const here = this.known.get(place) ?? {};
    const known = here[api];
    if (known) return known;
    const rate: PublishedRate = PUBLISHED_RATES[api];
    const key = rate.per === 'account' ? place.account : `${place.account}/${place.region}`;
    const limits = this.limits.get(api) ?? new Map<string, RateLimit>();
    const made = limits.get(key) ?? new RateLimit(rate);
    this.limits.set(api, limits.set(key, made));
    here[api] = made;
    this.known.set(place, here);
    return made;
  }
}

function sum(one: number, other: number): number {
  return one + other;
}

function larger(one: number, other: number): number {
  return Math.max(one, other);
}
