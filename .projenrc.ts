import { JsonFile, javascript, TextFile, typescript } from 'projen';
import { CATALOG, PNPM } from './projenrc/catalog';
import { CDK_FEATURE_FLAGS } from './projenrc/cdk-feature-flags';
import { CONSOLE_IMPORTS } from './projenrc/console-imports';
import { member } from './projenrc/member';
import { COMPILER, SHARED, SWC, TEST_TIMEOUT } from './projenrc/settings';

const root = new typescript.TypeScriptProject({
  ...SHARED,
  name: 'granary',
  description: 'A multi-tenant serverless SaaS platform for AWS, released in canary waves',
  licensed: true,
  runner: typescript.TypeScriptRunner.tsx(),
  projenrcTs: true,
  entrypoint: '',
  entrypointTypes: '',
  jestOptions: {
    jestVersion: '^30',
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    configFilePath: 'jest.config.json',
    junitReporting: false,
    jestConfig: {
      collectCoverage: false,
      projects: ['<rootDir>/packages/*', '<rootDir>/pipelines'],
      randomize: true,
      transform: SWC,
      testTimeout: TEST_TIMEOUT,
      // Suites that wait for the local cloud leave their core to others.
      maxWorkers: '100%',
    },
  },
  tsconfig: { compilerOptions: COMPILER },
  tsconfigDev: { compilerOptions: COMPILER, include: ['.projenrc.ts'] },
  disableTsconfig: true,
  biome: true,
  biomeOptions: {
    version: '2.6.8',
    mergeArraysInConfiguration: false,
    biomeConfig: {
      files: {
        includes: [
          'packages/*/src/**',
          'packages/*/bin/**',
          'packages/console/*.mts',
          'pipelines/src/**',
          '.projenrc.ts',
          'projenrc/**',
        ],
      },
      overrides: CONSOLE_IMPORTS,
      formatter: { enabled: true, indentStyle: 'space', indentWidth: 2, lineWidth: 110 },
      javascript: { formatter: { quoteStyle: 'single' } as never },
      linter: {
        enabled: true,
        rules: {
          correctness: { noUnusedImports: 'error', noUnusedVariables: 'error' },
          nursery: { noFloatingPromises: 'error' },
          style: {
            noRestrictedImports: {
              level: 'error',
              options: {
                patterns: [
                  {
                    group: ['../../*/src/**', '../../../*/src/**'],
                    message: 'Import the package, not its files.',
                  },
                ],
              },
            },
          } as never,
        } as never,
      },
    } as never,
  },
  gitignore: [
    '.granary/',
    '__pycache__/',
    'cdk.out/',
    'cdk.context.json',
    'pipelines/dist/',
    '*.tsbuildinfo',
    '.DS_Store',
  ],
  devDeps: [
    'tsx@4.23.15',
    '@swc/core@1.16.22',
    '@swc/jest@0.2.39',
    '@types/node@22.20.5',
    'constructs@10.8.1',
  ],
  pnpmOptions: {
    workspaceYamlOptions: {
      packages: ['packages/*', 'pipelines'],
      catalog: CATALOG,
      onlyBuiltDependencies: ['esbuild', '@swc/core'],
    },
  },
});
root.deps.removeDependency('ts-node');
root.deps.removeDependency('ts-jest');
root.package.addField('private', true);
root.package.addField('packageManager', `pnpm@${PNPM}`);

const POWERTOOLS = [
  '@aws-lambda-powertools/logger',
  '@aws-lambda-powertools/metrics',
  '@aws-lambda-powertools/tracer',
];

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
  folder: 'browser',
  description: 'The pages in a real browser: harness, stand-in APIs, accessibility. Of tests only',
  deps: ['@granary/api'],
  // axe-core is MPL-2.0: it checks the pages in tests, and is in nothing that is deployed.
  devDeps: ['axe-core', 'playwright-core'],
  compilerOptions: { lib: ['ES2023', 'DOM', 'DOM.Iterable'] },
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

member(root, {
  folder: 'local',
  description: 'The local cloud: engine, git remote, pipeline runner',
  deps: [
    '@granary/manifest',
    '@aws-sdk/client-api-gateway',
    '@aws-sdk/client-cloudformation',
    '@aws-sdk/client-cloudwatch',
    '@aws-sdk/client-codebuild',
    '@aws-sdk/client-codepipeline',
    '@aws-sdk/client-cognito-identity-provider',
    '@aws-sdk/client-dynamodb',
    '@aws-sdk/client-iam',
    '@aws-sdk/client-lambda',
    '@aws-sdk/client-s3',
    '@aws-sdk/client-sfn',
    '@aws-sdk/client-secrets-manager',
    '@aws-sdk/client-ssm',
    '@aws-sdk/client-sts',
    '@aws-sdk/lib-dynamodb',
    'aws-cdk',
    'cdk-assets',
    'yaml',
    'zod',
  ],
  devDeps: [
    '@aws-sdk/client-eventbridge',
    '@aws-sdk/client-scheduler',
    '@aws-sdk/client-sqs',
    'aws-jwt-verify',
    'esbuild',
    'fast-check',
  ],
});

member(root, {
  folder: 'simulation',
  description: 'Releases to fleets of any size in virtual time, by the real plan and the real state machines',
  deps: ['@granary/manifest', '@granary/release', 'heap-js', 'pure-rand', 'zod'],
  devDeps: ['fast-check'],
});

member(root, {
  folder: 'cli',
  description: 'The granary command',
  deps: [
    '@granary/api',
    '@granary/client',
    '@granary/hosting',
    '@granary/local',
    '@granary/manifest',
    '@granary/simulation',
    '@aws-sdk/client-cloudformation',
    '@aws-sdk/client-cognito-identity-provider',
    '@aws-sdk/client-dynamodb',
    '@aws-sdk/client-lambda',
    '@aws-sdk/client-s3',
    '@aws-sdk/lib-dynamodb',
    'commander',
    'picocolors',
    'zod',
  ],
  devDeps: ['@granary/browser'],
});

member(root, {
  folder: 'bench',
  description: 'Measurements, each a command that prints a table',
  deps: [
    '@granary/auth',
    '@granary/browser',
    '@granary/cli',
    '@granary/client',
    '@granary/control-plane',
    '@granary/hosting',
    '@granary/local',
    '@granary/manifest',
    '@granary/simulation',
    '@aws-sdk/client-api-gateway',
    '@aws-sdk/client-dynamodb',
    '@aws-sdk/client-iam',
    '@aws-sdk/client-lambda',
    '@aws-sdk/client-sts',
    'esbuild',
    'fflate',
  ],
  devDeps: ['@granary/api', '@types/aws-lambda', 'fast-check'],
});

member(root, {
  folder: 'attack',
  description: 'Attacks on the running local cloud, by a tenant of it',
  deps: [
    '@granary/api',
    '@granary/auth',
    '@granary/local',
    '@granary/manifest',
    '@aws-sdk/client-api-gateway',
    '@aws-sdk/client-cloudformation',
    '@aws-sdk/client-cloudwatch-logs',
    '@aws-sdk/client-cognito-identity-provider',
    '@aws-sdk/client-dynamodb',
    '@aws-sdk/client-iam',
    '@aws-sdk/client-lambda',
    '@aws-sdk/client-s3',
    '@aws-sdk/client-sfn',
    '@aws-sdk/client-sts',
    '@aws-sdk/lib-dynamodb',
    'aws-jwt-verify',
    'fast-check',
    'zod',
  ],
  devDeps: ['@types/aws-lambda'],
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
    context: CDK_FEATURE_FLAGS,
  },
});

/** Commands that must work before anything is installed: plain Node, no dependency. */
root.removeScript('test');
root.addTask('granary', { exec: 'node packages/cli/bin/granary.mjs', receiveArgs: true });
root.package.setScript('start', 'node packages/cli/bin/granary.mjs start');
root.package.setScript('test', 'node packages/cli/bin/test.mjs');
root.package.setScript('screenshots', `npx --yes pnpm@${PNPM} --filter @granary/console screenshots`);
root.package.setScript('granary', 'node packages/cli/bin/granary.mjs');
root.package.setScript('bench', 'node packages/bench/bin/bench.mjs');
root.package.setScript('attack', 'node packages/attack/bin/attack.mjs');
root.package.setScript('projen', 'pnpm exec projen');

new TextFile(root, '.nvmrc', { lines: ['22', ''] });
root.synth();
