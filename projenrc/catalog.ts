/** Exact versions, in one place: the workspace catalog. A member names a package, the catalog its version. */
export const CATALOG: Readonly<Record<string, string>> = {
  '@aws-lambda-powertools/batch': '2.35.0',
  '@aws-lambda-powertools/event-handler': '2.35.0',
  '@aws-lambda-powertools/logger': '2.35.0',
  '@aws-lambda-powertools/metrics': '2.35.0',
  '@aws-lambda-powertools/tracer': '2.35.0',
  '@aws-sdk/client-api-gateway': '3.1138.0',
  '@aws-sdk/client-cloudformation': '3.1138.0',
  '@aws-sdk/client-cloudfront-keyvaluestore': '3.1138.0',
  '@aws-sdk/client-cloudwatch': '3.1138.0',
  '@aws-sdk/client-cloudwatch-logs': '3.1138.0',
  '@aws-sdk/client-codebuild': '3.1138.0',
  '@aws-sdk/client-codecommit': '3.1138.0',
  '@aws-sdk/client-codepipeline': '3.1138.0',
  '@aws-sdk/client-cognito-identity-provider': '3.1138.0',
  '@aws-sdk/client-dynamodb': '3.1138.0',
  '@aws-sdk/client-eventbridge': '3.1138.0',
  '@aws-sdk/client-iam': '3.1138.0',
  '@aws-sdk/client-kms': '3.1138.0',
  '@aws-sdk/client-lambda': '3.1138.0',
  '@aws-sdk/client-s3': '3.1138.0',
  '@aws-sdk/client-scheduler': '3.1138.0',
  '@aws-sdk/client-secrets-manager': '3.1138.0',
  '@aws-sdk/client-sesv2': '3.1138.0',
  '@aws-sdk/client-sfn': '3.1138.0',
  '@aws-sdk/client-sqs': '3.1138.0',
  '@aws-sdk/client-ssm': '3.1138.0',
  '@aws-sdk/client-sts': '3.1138.0',
  '@aws-sdk/credential-provider-env': '3.972.84',
  '@aws-sdk/lib-dynamodb': '3.1138.0',
  '@aws-sdk/util-dynamodb': '3.996.9',
  '@redocly/cli': '2.77.0',
  '@types/aws-lambda': '8.10.164',
  'aws-cdk': '2.1148.1',
  // Not later: 2.274 writes cloud assemblies of schema 55, and cdk-assets 4.7.3, the latest, reads up to 54.
  'aws-cdk-lib': '2.273.0',
  'aws-jwt-verify': '5.2.1',
  'axe-core': '4.14.1',
  'cdk-assets': '4.7.3',
  'cdk-nag': '3.0.2',
  commander: '13.1.0',
  constructs: '10.8.1',
  esbuild: '0.28.2',
  'fast-check': '4.10.2',
  fflate: '0.8.3',
  'heap-js': '2.7.1',
  'jsonc-parser': '3.3.1',
  picocolors: '1.1.1',
  'playwright-core': '1.65.1',
  'pure-rand': '8.4.2',
  stripe: '23.1.0',
  ulidx: '2.4.1',
  yaml: '2.9.1',
  zod: '4.6.7',
};

const JEST = '30.5.2';
/** The package manager, for people, builds and the gate. */
export const PNPM = '10.34.9';

/** What every member is compiled and tested with. */
export const TOOLS = [
  '@swc/core@1.16.22',
  '@swc/jest@0.2.39',
  '@types/node@22.20.5',
  `jest@${JEST}`,
  'tsx@4.23.15',
  'typescript@7.0.2',
];

/** Names of packages as dependencies: our own from the workspace, others at the catalog's version. */
export const catalogued = (names: readonly string[]) =>
  names.map((name) => (name.startsWith('@granary/') ? `${name}@workspace:*` : `${name}@catalog:`));
