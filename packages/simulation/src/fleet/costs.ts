import type { ApiLoad } from '../cloud/api-limits';
import { PRICES } from '../cloud/published-rates';
import { FUNCTION_GB, FUNCTION_SECONDS } from './release-run';

/** What a release costs, in US dollars. */
export interface Costs {
  readonly stepFunctions: number;
  readonly lambda: number;
  readonly codePipeline: number;
  readonly cloudWatch: number;
  readonly s3: number;
  readonly total: number;
}

export interface CostFacts {
  readonly transitions: number;
  /** Calls by function. */
  readonly calls: ReadonlyMap<string, number>;
  /** The pipeline's action waits for each wave. */
  readonly pipelineSeconds: number;
  readonly apis: readonly ApiLoad[];
  /** Lists of orders that were written, and read once each. */
  readonly objects: number;
}

/** What the release engine's part of a release costs; what the tenants' stacks cost, they cost anyway. */
export function costsOf({ transitions, calls, pipelineSeconds, apis, objects }: CostFacts): Costs {
  let lambda = 0;
  for (const [name, count] of calls) {
    const seconds = FUNCTION_SECONDS[name as keyof typeof FUNCTION_SECONDS];
    lambda += count * (PRICES.lambdaRequest.usd + seconds * FUNCTION_GB * PRICES.lambdaGigabyteSecond.usd);
  }
  const looks = apis.find(({ api }) => api === 'cloudwatch:DescribeAlarms')?.calls ?? 0;
  const costs = {
    stepFunctions: transitions * PRICES.stateTransition.usd,
    lambda,
    codePipeline: (pipelineSeconds / 60) * PRICES.pipelineMinute.usd,
    cloudWatch: looks * PRICES.cloudwatchRequest.usd,
    s3: objects * (PRICES.s3Put.usd + PRICES.s3Get.usd),
  };
  return { ...costs, total: Object.values(costs).reduce((sum, part) => sum + part, 0) };
}
