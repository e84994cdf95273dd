import type { Rate } from './rate-limit';

/** Where a figure comes from. */
export interface Source {
  readonly url: string;
  /** When it was read. */
  readonly read: string;
  /** Why the figure is this one, where none is published. @default it is published */
  readonly assumed?: string;
}

export interface PublishedRate extends Rate {
  /** What one bucket is kept for. */
  readonly per: 'account' | 'account and region';
  /** Whether AWS raises it when asked. */
  readonly raisable: boolean;
  readonly source: Source;
}

const READ = '2026-11-24';
const GATEWAY: Source = {
  url: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html',
  read: READ,
};
const GATEWAY_APIS: Source = {
  url: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html',
  read: READ,
};
const CLOUDFORMATION: Source = {
  url: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html',
  read: READ,
};
const LAMBDA: Source = {
  url: 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html',
  read: READ,
};
const STATES: Source = {
  url: 'https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html',
  read: READ,
};
const IDENTITY: Source = {
  url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html',
  read: READ,
};
const CLOUDWATCH: Source = {
  url: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html',
  read: READ,
};

const CELL = { per: 'account and region' } as const;
const FIXED = { per: 'account', raisable: false, source: GATEWAY } as const;
const UNPUBLISHED: Source = {
  ...CLOUDFORMATION,
  assumed: 'CloudFormation says that it throttles, not from when on; set low',
};

/** Rates of the APIs that a release calls, by `service:Action`. Of Step Functions, those of the largest regions. */
export const PUBLISHED_RATES = {
  'cloudformation:Describe': { perSecond: 10, burst: 20, raisable: true, source: UNPUBLISHED, ...CELL },
  'cloudformation:Change': { perSecond: 5, burst: 10, raisable: true, source: UNPUBLISHED, ...CELL },
  'apigateway:CreateRestApi': { perSecond: 1 / 3, ...FIXED },
  'apigateway:DeleteRestApi': { perSecond: 1 / 30, ...FIXED },
  'apigateway:CreateResource': { perSecond: 5, ...FIXED },
  'apigateway:CreateDeployment': { perSecond: 1 / 5, ...FIXED },
  'apigateway:UpdateUsagePlan': { perSecond: 1 / 20, ...FIXED },
  // What has no rate of its own shares this one.
  'apigateway:Other': { perSecond: 10, burst: 40, ...FIXED },
  // All of Lambda's control plane together, but for GetFunction and GetPolicy.
  'lambda:Control': { perSecond: 15, raisable: false, source: LAMBDA, ...CELL },
  'iam:Write': {
    perSecond: 5,
    per: 'account',
    raisable: false,
    source: { ...IDENTITY, assumed: 'IAM says that it throttles by a bucket, not of which size; set low' },
  },
  'sts:AssumeRole': { perSecond: 600, raisable: true, source: IDENTITY, ...CELL },
  'states:StartExecution': {
    perSecond: 300,
    burst: 1300,
    raisable: true,
    source: {
      ...STATES,
      assumed: 'the rate is published for the API; that children of a map keep to it is assumed',
    },
    ...CELL,
  },
  'states:StateTransition': { perSecond: 5000, burst: 5000, raisable: true, source: STATES, ...CELL },
  'cloudwatch:DescribeAlarms': { perSecond: 9, raisable: true, source: CLOUDWATCH, ...CELL },
} as const satisfies Readonly<Record<string, PublishedRate>>;

export type ApiName = keyof typeof PUBLISHED_RATES;

/** Functions of an account and region that run at the same time. */
export const LAMBDA_CONCURRENCY = { value: 1000, raisable: true, source: LAMBDA } as const;

/** Stacks and regional REST APIs that one account and region holds. */
export const CELL_QUOTAS = {
  stacks: { value: 2000, raisable: true, source: CLOUDFORMATION },
  restApis: { value: 600, raisable: false, source: GATEWAY_APIS },
} as const;

/** A price in us-east-1, in US dollars. */
export interface Price {
  readonly usd: number;
  readonly source: string;
  readonly read: string;
}

export const PRICES = {
  stateTransition: { usd: 0.000_025, source: 'https://aws.amazon.com/step-functions/pricing/', read: READ },
  lambdaRequest: { usd: 0.000_000_2, source: 'https://aws.amazon.com/lambda/pricing/', read: READ },
  // On Arm, as the functions are.
  lambdaGigabyteSecond: {
    usd: 0.000_013_333_4,
    source: 'https://aws.amazon.com/lambda/pricing/',
    read: READ,
  },
  pipelineMinute: { usd: 0.002, source: 'https://aws.amazon.com/codepipeline/pricing/', read: READ },
  s3Put: { usd: 0.000_005, source: 'https://aws.amazon.com/s3/pricing/', read: READ },
  s3Get: { usd: 0.000_000_4, source: 'https://aws.amazon.com/s3/pricing/', read: READ },
  cloudwatchRequest: { usd: 0.000_01, source: 'https://aws.amazon.com/cloudwatch/pricing/', read: READ },
} as const satisfies Readonly<Record<string, Price>>;
