import type { typescript } from 'projen';
import { member } from './member';

/** What runs, tests, measures and attacks the product on one machine. */
export function addWorkbench(root: typescript.TypeScriptProject): void {
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
    description:
      'Releases to fleets of any size in virtual time, by the real plan and the real state machines',
    deps: ['@granary/manifest', '@granary/release', 'heap-js', 'pure-rand', 'zod'],
    devDeps: ['fast-check'],
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
}
