import { javascript, typescript } from 'projen';
import { PNPM } from './catalog';

/** Strict, and without output: every member is consumed as source. */
export const COMPILER: javascript.TypeScriptCompilerOptions = {
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
export const SWC = {
  [typescript.TypeScriptProject.DEFAULT_TS_JEST_TRANFORM_PATTERN]: new javascript.Transform('@swc/jest', {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2023' },
  }),
};

/** What the root and every member share, so that one line changes all. */
export const SHARED = {
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

/**
 * Of one test, in milliseconds: jest's own 5 seconds are short for properties on a busy machine. What a test waits for
 * has a bound of its own.
 */
export const TEST_TIMEOUT = 60_000;
