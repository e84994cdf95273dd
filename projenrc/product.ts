import { JsonFile, javascript, type typescript } from 'projen';
import { CDK_FEATURE_FLAGS, CDK_WITHOUT_TRACES } from './cdk-feature-flags';
import { member } from './member';

const POWERTOOLS = [
  '@aws-lambda-powertools/logger',
  '@aws-lambda-powertools/metrics',
  '@aws-lambda-powertools/tracer',
];

/** What is deployed, and what it is made of. */
export function addProduct(root: typescript.TypeScriptProject): void {
  member(root, {
    folder: 'manifest',
    description: 'tenants.json: schema, diagnostics, rollout plan',
    deps: ['jsonc-parser', 'zod'],
    devDeps: ['fast-check'],
  }).addTask('generate', {
    description: 'Write tenants.schema.json from the schema',
    exec: 'tsx src/generate.ts',
  });

  member(root, {
    folder: 'api',
    description: 'Route table, request and response schemas, errors',
    deps: ['zod'],
    devDeps: ['@redocly/cli', 'fast-check'],
  }).addTask('generate', {
    description: 'Write docs/openapi from the route tables',
    exec: 'tsx src/openapi/generate.ts',
  });

  member(root, {
    folder: 'auth',
    description: 'Token to principal, roles, authorizer, scoped credentials, the authenticated handler',
    deps: [
      '@granary/api',
      ...POWERTOOLS,
      '@aws-sdk/client-cognito-identity-provider',
      '@aws-sdk/client-dynamodb',
      '@aws-sdk/client-sts',
      '@aws-sdk/lib-dynamodb',
      'aws-jwt-verify',
      'zod',
    ],
    devDeps: ['@types/aws-lambda', 'fast-check'],
  });

  member(root, {
    folder: 'app-services',
    description: 'The application plane: products and orders, and what of them a tenant has used',
    deps: [
      '@granary/api',
      '@granary/auth',
      '@aws-sdk/client-api-gateway',
      '@aws-sdk/client-cognito-identity-provider',
      '@aws-sdk/client-dynamodb',
      '@aws-sdk/client-eventbridge',
      '@aws-sdk/lib-dynamodb',
      'ulidx',
      'zod',
    ],
    devDeps: ['fast-check'],
  });

  member(root, {
    folder: 'control-plane',
    description: 'The control plane: onboarding, the life of a tenant, users, usage, billing, audit',
    deps: [
      '@granary/api',
      '@granary/auth',
      '@granary/manifest',
      '@aws-lambda-powertools/batch',
      '@aws-sdk/client-api-gateway',
      '@aws-sdk/client-cloudfront-keyvaluestore',
      '@aws-sdk/client-codecommit',
      '@aws-sdk/client-cognito-identity-provider',
      '@aws-sdk/client-dynamodb',
      '@aws-sdk/client-eventbridge',
      '@aws-sdk/client-iam',
      '@aws-sdk/client-kms',
      '@aws-sdk/client-lambda',
      '@aws-sdk/client-s3',
      '@aws-sdk/client-secrets-manager',
      '@aws-sdk/client-sesv2',
      '@aws-sdk/client-sfn',
      '@aws-sdk/client-sqs',
      '@aws-sdk/client-ssm',
      '@aws-sdk/client-sts',
      '@aws-sdk/lib-dynamodb',
      '@aws-sdk/signature-v4a',
      '@aws-sdk/util-dynamodb',
      'stripe',
      'ulidx',
      'zod',
    ],
    devDeps: ['@aws-sdk/client-cloudformation', '@granary/local', '@types/aws-lambda', 'fast-check'],
  });

  member(root, {
    folder: 'client',
    description: 'Typed clients of both planes, made from the route table',
    deps: ['@granary/api', 'zod'],
    devDeps: ['esbuild', 'fast-check'],
  });

  const console = member(root, {
    folder: 'console',
    description: 'What people touch: operator console, sign-up page, tenant application',
    deps: [
      '@granary/api',
      '@granary/client',
      '@cloudscape-design/collection-hooks',
      '@cloudscape-design/components',
      '@cloudscape-design/global-styles',
      '@tanstack/react-query',
      'amazon-cognito-identity-js',
      'react',
      'react-dom',
      'react-router',
      'zod',
    ],
    devDeps: [
      '@granary/browser',
      '@granary/hosting',
      '@types/react',
      '@types/react-dom',
      '@vitejs/plugin-react',
      'vite',
    ],
    compilerOptions: {
      lib: ['ES2023', 'DOM', 'DOM.Iterable'],
      jsx: javascript.TypeScriptJsxMode.REACT_JSX,
      types: ['node', 'jest', 'vite/client'],
    },
  });
  console.addTask('screenshots', {
    description: 'Take docs/screenshots in a browser',
    exec: 'tsx src/browser/take-screenshots.ts',
  });
  console.addTask('bundle', { description: 'Write the pages to dist/', exec: 'vite build' });

  member(root, {
    folder: 'hosting',
    description:
      'Where the pages live: which path a page answers, security headers, the build, the server of this machine',
    deps: ['@aws-sdk/client-s3', 'esbuild', 'fflate', 'zod'],
    devDeps: ['@types/aws-lambda'],
  });

  member(root, {
    folder: 'release',
    description: 'The release engine: waves, gates, versions, rollback, the distributed deployer',
    deps: [
      '@granary/api',
      '@granary/auth',
      '@granary/manifest',
      '@aws-sdk/client-api-gateway',
      '@aws-sdk/client-cloudformation',
      '@aws-sdk/client-cloudwatch',
      '@aws-sdk/client-codepipeline',
      '@aws-sdk/client-cognito-identity-provider',
      '@aws-sdk/client-dynamodb',
      '@aws-sdk/client-lambda',
      '@aws-sdk/client-s3',
      '@aws-sdk/client-secrets-manager',
      '@aws-sdk/client-sfn',
      '@aws-sdk/client-ssm',
      '@aws-sdk/client-sts',
      '@aws-sdk/lib-dynamodb',
      'ulidx',
      'zod',
    ],
    devDeps: ['@granary/local', '@types/aws-lambda', 'fast-check'],
  });

  const pipelines = member(root, {
    folder: 'pipelines',
    under: '',
    description: 'CDK: the pipeline, its waves and stages, the stacks of both planes',
    deps: [
      '@granary/api',
      '@granary/app-services',
      '@granary/auth',
      '@granary/control-plane',
      '@granary/hosting',
      '@granary/manifest',
      '@granary/release',
      '@aws-sdk/client-lambda',
      '@aws-sdk/credential-provider-env',
      'aws-cdk',
      'aws-cdk-lib',
      'cdk-assets',
      'constructs',
      'esbuild',
      'zod',
    ],
    devDeps: [
      '@aws-sdk/client-cloudformation',
      '@aws-sdk/client-s3',
      '@granary/local',
      '@granary/simulation',
      'cdk-nag',
      'fast-check',
      'fflate',
    ],
    // aws-cdk-lib's declarations do not hold under it.
    compilerOptions: { exactOptionalPropertyTypes: false },
  });

  new JsonFile(pipelines, 'cdk.json', {
    obj: {
      app: 'tsx src/main.ts',
      output: 'cdk.out',
      context: { ...CDK_FEATURE_FLAGS, ...CDK_WITHOUT_TRACES },
    },
  });
}
