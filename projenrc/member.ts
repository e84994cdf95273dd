import { javascript, typescript } from 'projen';
import { catalogued, TOOLS } from './catalog';
import { COMPILER, SHARED, SWC, TEST_TIMEOUT } from './settings';

export interface MemberOptions {
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

/** A package of the workspace, with the settings that all share. */
export function member(
  root: typescript.TypeScriptProject,
  options: MemberOptions,
): typescript.TypeScriptProject {
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
        testTimeout: TEST_TIMEOUT,
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
