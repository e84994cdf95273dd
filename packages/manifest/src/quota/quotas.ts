/** A limit of AWS that the number of tenants, or of their accounts, runs into. */
export interface Quota {
  readonly id: string;
  readonly title: string;
  /** As a new account has it. */
  readonly limit: number;
  readonly unit: 'count' | 'bytes';
  /** What has one such limit: the pipeline, an account, or an account in one region. */
  readonly scope: 'pipeline' | 'account' | 'place';
  /** Whether AWS raises it on request. */
  readonly raisable: boolean;
  /** AWS's own page. */
  readonly source: string;
}

const PAGES = 'https://docs.aws.amazon.com';
const CODEPIPELINE = `${PAGES}/codepipeline/latest/userguide/limits.html`;
const CLOUDFORMATION = `${PAGES}/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html`;
const API_GATEWAY = `${PAGES}/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html`;

const pipeline = { scope: 'pipeline', unit: 'count', raisable: false } as const;
const bytes = { scope: 'pipeline', unit: 'bytes', raisable: false } as const;
const place = { scope: 'place', unit: 'count', raisable: true } as const;

/** Every quota that a plan is held against. */
export const QUOTAS = {
  'pipeline-stages': { ...pipeline, title: 'stages of the pipeline', limit: 50, source: CODEPIPELINE },
  'stage-actions': { ...pipeline, title: 'actions of a stage', limit: 100, source: CODEPIPELINE },
  'pipeline-actions': { ...pipeline, title: 'actions of the pipeline', limit: 1000, source: CODEPIPELINE },
  'template-bytes': { ...bytes, title: "the pipeline's template", limit: 1_000_000, source: CLOUDFORMATION },
  'template-resources': {
    ...pipeline,
    title: "resources of a deployment's template",
    limit: 500,
    source: CLOUDFORMATION,
  },
  'bucket-policy': {
    ...bytes,
    title: "the artifact bucket's policy",
    limit: 20 * 1024,
    source: `${PAGES}/AmazonS3/latest/userguide/bucket-policies.html`,
  },
  'key-policy': {
    ...bytes,
    title: "the artifact key's policy",
    limit: 32 * 1024,
    source: `${PAGES}/kms/latest/developerguide/resource-limits.html`,
  },
  'map-children': {
    ...pipeline,
    title: 'deployments of a wave at the same time',
    limit: 10_000,
    source: `${PAGES}/step-functions/latest/dg/service-quotas.html`,
  },
  stacks: { ...place, title: 'CloudFormation stacks', limit: 2000, source: CLOUDFORMATION },
  'rest-apis': { ...place, title: 'regional REST APIs', limit: 600, raisable: false, source: API_GATEWAY },
  'usage-plans': {
    ...place,
    title: 'usage plans',
    limit: 300,
    source: `${PAGES}/general/latest/gr/apigateway.html`,
  },
  'user-pools': {
    ...place,
    title: 'Cognito user pools',
    limit: 1000,
    source: `${PAGES}/cognito/latest/developerguide/quotas.html`,
  },
  'codedeploy-applications': {
    ...place,
    title: 'CodeDeploy applications',
    limit: 1000,
    source: `${PAGES}/codedeploy/latest/userguide/limits.html`,
  },
  tables: {
    ...place,
    title: 'DynamoDB tables',
    limit: 2500,
    source: `${PAGES}/amazondynamodb/latest/developerguide/ServiceQuotas.html`,
  },
  alarms: {
    ...place,
    title: 'CloudWatch alarms',
    limit: 5000,
    source: `${PAGES}/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html`,
  },
  'reserved-concurrency': {
    ...place,
    title: 'reserved Lambda environments',
    limit: 900,
    source: `${PAGES}/lambda/latest/dg/configuration-concurrency.html`,
  },
  roles: {
    ...place,
    scope: 'account',
    title: 'IAM roles',
    limit: 1000,
    source: `${PAGES}/IAM/latest/UserGuide/reference_iam-quotas.html`,
  },
} as const satisfies Readonly<Record<string, Omit<Quota, 'id'>>>;

export type QuotaId = keyof typeof QUOTAS;
