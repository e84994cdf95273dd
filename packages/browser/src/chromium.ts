import { existsSync } from 'node:fs';

/** Names a browser that is somewhere else. */
export const CHROMIUM_SETTING = 'GRANARY_CHROMIUM';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** What whoever runs the tests is told when there is no browser. */
export const NO_CHROMIUM = `browser tests need Chromium and are skipped without it: "apt-get install chromium", or name one by ${CHROMIUM_SETTING}`;

/**
 * The Chromium of this machine.
 *
 * @returns undefined when there is none
 * @throws Error when the setting names a file that is not there
 */
export function findChromium(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const named = environment[CHROMIUM_SETTING];
  if (named === undefined || named === '') return PLACES.find((path) => existsSync(path));
  if (existsSync(named)) return named;
  throw new Error(`${CHROMIUM_SETTING} names "${named}", which is not there`);
}

/** Headless, with nothing that calls home or keeps a profile. */
export const CHROMIUM_ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
] as const;
