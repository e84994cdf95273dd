import { javascript, TextFile, typescript } from 'projen';
import { CATALOG, PNPM } from './projenrc/catalog';
import { CONSOLE_IMPORTS } from './projenrc/console-imports';
import { addProduct } from './projenrc/product';
import { COMPILER, SHARED, SWC, TEST_TIMEOUT } from './projenrc/settings';
import { addWorkbench } from './projenrc/workbench';

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

addProduct(root);
addWorkbench(root);

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
