import { JsonFile, javascript, TextFile, typescript } from 'projen';
import { CDK_FEATURE_FLAGS } from './projenrc/cdk-feature-flags';

/** Exact versions, in one place: the workspace catalog. A member names a package, the catalog its version. */
const CATALOG: Readonly<Record<string, string>> = {
  '@aws-lambda-powertools/event-handler': '2.35.0',
  '@aws-lambda-powertools/logger': '2.35.0',
  '@aws-lambda-powertools/metrics': '2.35.0',
  '@aws-lambda-powertools/tracer': '2.35.0',
  '@aws-sdk/client-api-gateway': '3.1138.0',
  '@aws-sdk/client-cloudformation': '3.1138.0',
  '@aws-sdk/client-cloudwatch-logs': '3.1138.0',
  '@aws-sdk/client-codebuild': '3.1138.0',
  '@aws-sdk/client-codepipeline': '3.1138.0',
  '@aws-sdk/client-cognito-identity-provider': '3.1138.0',
  '@aws-sdk/client-dynamodb': '3.1138.0',
  '@aws-sdk/client-iam': '3.1138.0',
  '@aws-sdk/client-lambda': '3.1138.0',
  '@aws-sdk/client-s3': '3.1138.0',
  '@aws-sdk/client-sfn': '3.1138.0',
  '@aws-sdk/client-ssm': '3.1138.0',
  '@aws-sdk/client-sts': '3.1138.0',
  '@aws-sdk/lib-dynamodb': '3.1138.0',
  '@types/aws-lambda': '8.10.164',
  'aws-cdk': '2.1148.1',
  // Not later: 2.274 writes cloud assemblies of schema 55, and cdk-assets 4.7.3, the latest, reads up to 54.
  'aws-cdk-lib': '2.273.0',
  'aws-jwt-verify': '5.2.1',
  'cdk-assets': '4.7.3',
  'cdk-nag': '3.0.2',
  commander: '13.1.0',
  constructs: '10.8.1',
  esbuild: '0.28.2',
  'fast-check': '4.10.2',
  fflate: '0.8.3',
  'jsonc-parser': '3.3.1',
  picocolors: '1.1.1',
  ulidx: '2.4.1',
  yaml: '2.9.1',
  zod: '4.6.7',
};

const JEST = '30.5.2';
const PNPM = '10.34.9';
const TOOLS = [
  '@swc/core@1.16.22',
  '@swc/jest@0.2.39',
  '@types/node@22.20.5',
  `jest@${JEST}`,
  'tsx@4.23.15',
  'typescript@7.0.2',
];

const catalogued = (names: readonly string[]) =>
  names.map((name) => (name.startsWith('@granary/') ? `${name}@workspace:*` : `${name}@catalog:`));

const COMPILER: javascript.TypeScriptCompilerOptions = {
  target: 'ES2023',
  lib: ['ES2023'],
  module: 'preserve',
  moduleResolution: javascript.TypeScriptModuleResolution.BUNDLER,
  types: ['node', 'jest'],
  noEmit: true,
  skipLibCheck: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: false,
  noImplicitOverride: true,
  verbatimModuleSyntax: false,
  isolatedModules: true,
};

/** Jest compiles with swc; projen's default, ts-jest, cannot drive the native TypeScript compiler. */
const SWC = {
  [typescript.TypeScriptProject.DEFAULT_TS_JEST_TRANFORM_PATTERN]: new javascript.Transform('@swc/jest', {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2023' },
  }),
};

/** What the root and every member share, so that one line changes all. */
const SHARED = {
  defaultReleaseBranch: 'main',
  license: 'Apache-2.0',
  copyrightOwner: 'The Granary authors',
  authorName: 'The Granary authors',
  packageManager: javascript.NodePackageManager.PNPM,
  minNodeVersion: '20.0.0',
  projenCommand: 'pnpm exec projen',
  projenVersion: '0.103.25',
  projenCodeDir: '.projen',
  typescriptVersion: '7.0.2',
  jest: true,
  eslint: false,
  prettier: false,
  biome: false,
  release: false,
  github: false,
  depsUpgrade: false,
  package: false,
  sampleCode: false,
  npmignoreEnabled: false,
  pnpmVersion: PNPM,
  entrypoint: 'src/index.ts',
  entrypointTypes: 'src/index.ts',
} as const;

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
      files: { includes: ['packages/*/src/**', 'packages/*/bin/**', 'pipelines/src/**', '.projenrc.ts'] },
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

interface MemberOptions {
  /** Folder name; the package is `@granary/<folder>`. */
  readonly folder: string;
  readonly description: string;
  /** Parent folder. @default 'packages' */
  readonly under?: string;
  readonly deps?: readonly string[];
  readonly devDeps?: readonly string[];
  /** Stricter or looser compiler options than the workspace's. @default none */
  readonly compilerOptions?: javascript.TypeScriptCompilerOptions;
  /** More of jest's configuration. @default none */
  readonly jestConfig?: javascript.JestConfigOptions;
}

function member(options: MemberOptions): typescript.TypeScriptProject {
  const compilerOptions = { ...COMPILER, ...options.compilerOptions };
  const project = new typescript.TypeScriptProject({
    ...SHARED,
    parent: root,
    outdir: options.under === '' ? options.folder : `${options.under ?? 'packages'}/${options.folder}`,
    name: `@granary/${options.folder}`,
    description: options.description,
    licensed: false,
    readme: { contents: `# @granary/${options.folder}\n\n${options.description}.\n` },
    projenrcTs: false,
    deps: catalogued(options.deps ?? []),
    devDeps: [...TOOLS, ...catalogued(options.devDeps ?? [])],
    tsconfig: { compilerOptions },
    tsconfigDev: { compilerOptions, include: ['src/**/*.ts', 'src/**/*.tsx'] },
    disableTsconfig: true,
    jestOptions: {
      jestVersion: '^30',
      updateSnapshot: javascript.UpdateSnapshot.NEVER,
      configFilePath: 'jest.config.json',
      junitReporting: false,
      jestConfig: {
        collectCoverage: false,
        testMatch: ['<rootDir>/src/**/*.test.ts'],
        transform: SWC,
        ...options.jestConfig,
      } as javascript.JestConfigOptions,
    },
  });
  // Options of a whole run: jest warns of them, once per member, when the root runs all members.
  for (const option of ['coverageReporters', 'reporters']) delete project.jest?.config[option];
  project.deps.removeDependency('ts-jest');
  project.deps.removeDependency('ts-node');
  project.package.addField('private', true);
  project.package.addField('license', 'Apache-2.0');
  project.package.addField('main', 'src/index.ts');
  project.package.addField('types', 'src/index.ts');
  for (const script of [
    'package',
    'post-compile',
    'pre-compile',
    'test:update',
    'test:watch',
    'watch',
    'default',
    'projen',
  ])
    project.removeScript(script);
  project.compileTask.reset('tsc --noEmit -p tsconfig.dev.json');
  // Members are installed once, from the root.
  project.package.postSynthesize = () => {};
  return project;
}

const POWERTOOLS = [
  '@aws-lambda-powertools/logger',
  '@aws-lambda-powertools/metrics',
  '@aws-lambda-powertools/tracer',
];

member({
  folder: 'manifest',
  description: 'tenants.json: schema, diagnostics, rollout plan',
  deps: ['jsonc-parser', 'zod'],
  devDeps: ['fast-check'],
}).addTask('generate', {
  description: 'Write tenants.schema.json from the schema',
  exec: 'tsx src/generate.ts',
});

member({
  folder: 'api',
  description: 'Route table, request and response schemas, errors',
  deps: ['zod'],
  devDeps: ['fast-check'],
});

member({
  folder: 'auth',
  description: 'Token to principal, roles, authorizer, scoped credentials, the authenticated handler',
  deps: [
    '@granary/api',
    ...POWERTOOLS,
    '@aws-sdk/client-dynamodb',
    '@aws-sdk/client-sts',
    '@aws-sdk/lib-dynamodb',
    'aws-jwt-verify',
    'zod',
  ],
  devDeps: ['@types/aws-lambda', 'fast-check'],
});

member({
  folder: 'app-services',
  description: 'The application plane: products and orders, and what of them a tenant has used',
  deps: [
    '@granary/api',
    '@granary/auth',
    '@aws-sdk/client-api-gateway',
    '@aws-sdk/client-dynamodb',
    '@aws-sdk/lib-dynamodb',
    'ulidx',
    'zod',
  ],
  devDeps: ['@types/aws-lambda', 'fast-check'],
});

member({
  folder: 'control-plane',
  description: 'The control plane: registrations, tenants, deployments, onboarding, tenant routing',
  deps: [
    '@granary/api',
    '@granary/auth',
    '@aws-sdk/client-api-gateway',
    '@aws-sdk/client-cognito-identity-provider',
    '@aws-sdk/client-dynamodb',
    '@aws-sdk/client-lambda',
    '@aws-sdk/client-sfn',
    '@aws-sdk/client-sts',
    '@aws-sdk/lib-dynamodb',
    'zod',
  ],
  devDeps: ['@granary/manifest', '@types/aws-lambda', 'fast-check'],
});

member({
  folder: 'local',
  description: 'The local cloud: engine, git remote, pipeline runner',
  deps: [
    '@granary/api',
    '@granary/manifest',
    '@aws-sdk/client-api-gateway',
    '@aws-sdk/client-cloudformation',
    '@aws-sdk/client-codebuild',
    '@aws-sdk/client-codepipeline',
    '@aws-sdk/client-cognito-identity-provider',
    '@aws-sdk/client-dynamodb',
    '@aws-sdk/client-iam',
    '@aws-sdk/client-lambda',
    '@aws-sdk/client-s3',
    '@aws-sdk/client-sfn',
    '@aws-sdk/client-ssm',
    '@aws-sdk/client-sts',
    '@aws-sdk/lib-dynamodb',
    'aws-cdk',
    'cdk-assets',
    'fflate',
    'yaml',
    'zod',
  ],
  devDeps: ['@types/aws-lambda', 'aws-jwt-verify', 'esbuild', 'fast-check'],
});

member({
  folder: 'cli',
  description: 'The granary command',
  deps: [
    '@granary/api',
    '@granary/local',
    '@granary/manifest',
    '@aws-sdk/client-cloudformation',
    '@aws-sdk/client-cognito-identity-provider',
    '@aws-sdk/client-dynamodb',
    '@aws-sdk/client-lambda',
    '@aws-sdk/lib-dynamodb',
    'commander',
    'picocolors',
    'zod',
  ],
  devDeps: ['fast-check'],
});

member({
  folder: 'bench',
  description: 'Measurements, each a command that prints a table',
  deps: [
    '@granary/api',
    '@granary/auth',
    '@granary/cli',
    '@granary/local',
    '@granary/manifest',
    '@aws-sdk/client-api-gateway',
    '@aws-sdk/client-cloudformation',
    '@aws-sdk/client-cognito-identity-provider',
    '@aws-sdk/client-dynamodb',
    '@aws-sdk/client-iam',
    '@aws-sdk/client-lambda',
    '@aws-sdk/client-sts',
    'esbuild',
    'fflate',
  ],
  devDeps: ['@types/aws-lambda', 'fast-check'],
});

member({
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

const pipelines = member({
  folder: 'pipelines',
  under: '',
  description: 'CDK: the pipeline, its waves and stages, the stacks of both planes',
  deps: [
    '@granary/api',
    '@granary/app-services',
    '@granary/auth',
    '@granary/control-plane',
    '@granary/manifest',
    '@aws-sdk/client-lambda',
    'aws-cdk',
    'aws-cdk-lib',
    'cdk-assets',
    'constructs',
    'esbuild',
    'zod',
  ],
  devDeps: ['cdk-nag', 'fast-check'],
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
root.package.setScript('granary', 'node packages/cli/bin/granary.mjs');
root.package.setScript('bench', 'tsx packages/bench/src/main.ts');
root.package.setScript('attack', 'node packages/attack/bin/attack.mjs');
root.package.setScript('projen', 'pnpm exec projen');

new TextFile(root, '.nvmrc', { lines: ['22', ''] });
root.synth();
