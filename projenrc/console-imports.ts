/** The entries of the console; each is a folder, and the rest is what they share. */
const ENTRIES = ['operator', 'sign-up', 'tenant'] as const;

/** Biome's overrides that keep the entries apart: none imports another, and what they share imports none. */
export const CONSOLE_IMPORTS = [
  ...ENTRIES.map((entry) =>
    forbidden(
      [`packages/console/src/${entry}/**`],
      ENTRIES.filter((other) => other !== entry),
    ),
  ),
  forbidden(
    ['packages/console/src/**', ...ENTRIES.map((entry) => `!packages/console/src/${entry}/**`)],
    ENTRIES,
  ),
];

function forbidden(includes: readonly string[], entries: readonly string[]) {
  const group = entries.flatMap((entry) => [`../${entry}/**`, `../../${entry}/**`]);
  const patterns = [
    { group, message: 'The entries of the console share other folders, never each other.' },
    { group: ['../../*/src/**', '../../../*/src/**'], message: 'Import the package, not its files.' },
  ];
  return {
    includes,
    linter: {
      rules: { style: { noRestrictedImports: { level: 'error', options: { patterns } } } },
    },
  };
}
