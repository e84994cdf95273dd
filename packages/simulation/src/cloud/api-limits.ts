import type { Agenda } from '../clock/agenda';
import { type ApiName, PUBLISHED_RATES } from './published-rates';
import { RateLimit } from './rate-limit';

/** An account and a region. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

/** What one API had to bear, over all places. */
export interface ApiLoad {
  readonly api: ApiName;
  readonly calls: number;
  readonly throttled: number;
  /** The most calls that were let through in one second in one place. */
  readonly peak: number;
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
  private readonly limits = new Map<string, RateLimit>();

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
      const limits = [...this.limits].filter(([key]) => key.startsWith(`${api} `)).map(([, limit]) => limit);
      if (limits.length === 0) return [];
      const sum = (value: (limit: RateLimit) => number) =>
        limits.reduce((all, limit) => all + value(limit), 0);
      return [
        {
          api,
          calls: sum(({ admitted }) => admitted),
          throttled: sum(({ refused }) => refused),
          peak: Math.max(...limits.map(({ peak }) => peak)),
        },
      ];
    });
  }

  private limit(api: ApiName, { account, region }: Place): RateLimit {
    const rate = PUBLISHED_RATES[api];
    const key = `${api} ${rate.per === 'account' ? account : `${account}/${region}`}`;
    const known = this.limits.get(key);
    if (known) return known;
    const made = new RateLimit(rate);
    this.limits.set(key, made);
    return made;
  }
}
