import type { Rate } from './rate-limit';

/** Where a figure comes from. `assumed` ones are not published: they are set low, and the page says so. */
export interface Source {
  readonly url: string;
  /** When it was read. */
  readonly read: string;
  readonly assumed?: string;
}

export interface PublishedRate extends Rate {
  /** What one bucket is kept for. */
  readonly per: 'account' | 'account and region';
  readonly source: Source;
}

const READ = '2026-11-24';
const GATEWAY: Source = {
  url: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html',
  read: READ,
};
const CLOUDFORMATION: Source = {
  url: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html',
  read: READ,
  assumed: 'CloudFormation publishes that it throttles, not how much',
};
const LAMBDA: Source = {
  url: 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html',
  read: READ,
};
const STATES: Source = {
  url: 'https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html',
  read: READ,
};
const STS: Source = {
  url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html',
  read: READ,
};
const CLOUDWATCH: Source = {
  url: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html',
  read: READ,
};

/** Rates of the APIs that a release calls, by `service:Action`. The largest regions' where regions differ. */
export const PUBLISHED_RATES = {
  'cloudformation:Describe': { perSecond: 10, burst: 20, per: 'account and region', source: CLOUDFORMATION },
  'cloudformation:Change': { perSecond: 5, burst: 10, per: 'account and region', source: CLOUDFORMATION },
  // Fixed: no request raises them.
  'apigateway:CreateRestApi': { perSecond: 1 / 3, burst: 1, per: 'account', source: GATEWAY },
  'apigateway:CreateDeployment': { perSecond: 1 / 5, burst: 1, per: 'account', source: GATEWAY },
  'apigateway:UpdateUsagePlan': { perSecond: 1 / 20, burst: 1, per: 'account', source: GATEWAY },
  'apigateway:Other': { perSecond: 10, burst: 40, per: 'account', source: GATEWAY },
  'lambda:Control': { perSecond: 15, burst: 15, per: 'account and region', source: LAMBDA },
  'sts:AssumeRole': { perSecond: 600, burst: 600, per: 'account and region', source: STS },
  'states:StartExecution': { perSecond: 300, burst: 1300, per: 'account and region', source: STATES },
  'states:StateTransition': { perSecond: 5000, burst: 5000, per: 'account and region', source: STATES },
  'cloudwatch:DescribeAlarms': { perSecond: 9, burst: 9, per: 'account and region', source: CLOUDWATCH },
} as const satisfies Readonly<Record<string, PublishedRate>>;

export type ApiName = keyof typeof PUBLISHED_RATES;

/** Stacks and regional REST APIs that one account and region holds: the second cannot be raised. */
export const CELL_QUOTAS = {
  stacks: { value: 2000, raisable: true, source: CLOUDFORMATION.url },
  restApis: { value: 600, raisable: false, source: GATEWAY.url },
} as const;

/** Prices in us-east-1, in US dollars. */
export const PRICES = {
  stateTransition: { usd: 0.000_025, source: 'https://aws.amazon.com/step-functions/pricing/', read: READ },
  lambdaRequest: { usd: 0.000_000_2, source: 'https://aws.amazon.com/lambda/pricing/', read: READ },
  lambdaGigabyteSecond: {
    usd: 0.000_013_333_4,
    source: 'https://aws.amazon.com/lambda/pricing/',
    read: READ,
  },
  pipelineMinute: { usd: 0.002, source: 'https://aws.amazon.com/codepipeline/pricing/', read: READ },
  s3Put: { usd: 0.000_005, source: 'https://aws.amazon.com/s3/pricing/', read: READ },
} as const;
