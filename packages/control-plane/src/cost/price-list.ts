import type { CostKind } from '@granary/api';

/** What AWS asks for `per` units, in US dollars. A decimal's digits are kept: money is no floating point number. */
export interface UnitPrice {
  readonly usd: string;
  readonly per: number;
}

export type RegionPrices = Readonly<Record<CostKind, UnitPrice>>;

export interface PriceList {
  /** As of when the prices are held to be right: look at the sources before a decision rests on them. */
  readonly asOf: string;
  readonly sources: readonly string[];
  readonly regions: Readonly<Record<string, RegionPrices>>;
}

const MILLION = 1_000_000;
/** A GB-second, in the meter's MB-milliseconds. */
export const MB_MS_PER_GB_SECOND = 1024 * 1000;

const region = (prices: {
  readonly gbSecond: string;
  readonly requests: string;
  readonly reads: string;
  readonly writes: string;
}): RegionPrices => ({
  functions: { usd: prices.gbSecond, per: MB_MS_PER_GB_SECOND },
  invocations: { usd: '0.20', per: MILLION },
  requests: { usd: prices.requests, per: MILLION },
  reads: { usd: prices.reads, per: MILLION },
  writes: { usd: prices.writes, per: MILLION },
});

/**
 * List prices without discounts, free tiers and volume steps: Lambda on arm64 (duration, requests), REST API calls
 * (first 333 million a month), DynamoDB on demand (standard class, a million request units). Change them here, and
 * add the regions of your cells: a region that is missing is named by every answer, and priced by none.
 */
export const PRICE_LIST: PriceList = {
  asOf: '2026-11-24',
  sources: [
    'https://aws.amazon.com/lambda/pricing/',
    'https://aws.amazon.com/api-gateway/pricing/',
    'https://aws.amazon.com/dynamodb/pricing/on-demand/',
  ],
  regions: {
    'us-east-1': region({ gbSecond: '0.0000133334', requests: '3.50', reads: '0.125', writes: '0.625' }),
    'eu-west-1': region({ gbSecond: '0.0000133334', requests: '3.50', reads: '0.1415', writes: '0.7068' }),
  },
};
