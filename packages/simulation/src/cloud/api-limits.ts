import type { Agenda } from '../clock/agenda';
import { type Place, PlaceMap } from './place';
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
  private readonly limits = new Map<ApiName, PlaceMap<RateLimit>>();

  constructor(private readonly agenda: Agenda) {}

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
      const limits = this.limits.get(api)?.values() ?? [];
      if (limits.every(({ admitted }) => admitted === 0)) return [];
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
    const limits = this.limits.get(api) ?? new PlaceMap<RateLimit>();
    const rate: PublishedRate = PUBLISHED_RATES[api];
    const where = rate.per === 'account' ? { account: place.account, region: 'all' } : place;
    const known = limits.get(where);
    if (known) return known;
    const made = new RateLimit(rate);
    limits.set(where, made);
    this.limits.set(api, limits);
    return made;
  }
}

function sum(one: number, other: number): number {
  return one + other;
}

function larger(one: number, other: number): number {
  return Math.max(one, other);
}
