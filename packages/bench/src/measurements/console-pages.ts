import {
  Browser,
  type BrowserPage,
  FakeApi,
  fakeUserPool,
  findChromium,
  NO_CHROMIUM,
} from '@granary/browser';
import { buildPages, folderFiles, SITES, type SiteName, SiteServer } from '@granary/hosting';
import { BenchError } from '../bench-error';
import { consoleFleet, RUN_ID } from '../console/console-fleet';
import type { Figure } from '../figure';
import { percentile } from '../percentile';
import { commandOf, type Measurement } from './measurement';

const TENANTS = 10_000;
const WAVE = 1000;
const RUNS = 5;
const FRAMES_MS = 8000;
const OPERATOR = {
  email: 'olivia@granary.example.com',
  password: 'Correct-horse-1',
  role: 'SystemAdmin',
} as const;
const WAIT = { timeout: 60_000 };

/** What is typed into the search, one letter after the other. */
const TYPED = '04242';

const ENTRIES = [
  { entry: 'operator', site: 'control', path: '/' },
  { entry: 'tenant', site: 'application', path: '/' },
  { entry: 'sign-up', site: 'application', path: '/sign-up' },
] as const satisfies readonly {
  readonly entry: string;
  readonly site: SiteName;
  readonly path: string;
}[];

/** The browser tells of the paint after its frame, which may be after the field is there. */
const PAINT_AND_NOW = `new Promise((resolve) => {
  const now = performance.now();
  new PerformanceObserver((list, observer) => {
    const [paint] = list.getEntriesByName('first-contentful-paint');
    if (!paint) return;
    observer.disconnect();
    resolve([paint.startTime, now]);
  }).observe({ type: 'paint', buffered: true });
})`;

interface Place {
  readonly browser: Browser;
  readonly api: FakeApi;
  readonly sites: Readonly<Record<SiteName, SiteServer>>;
  readonly say: (line: string) => void;
}

export const consolePagesMeasurement: Measurement = {
  name: 'console-pages',
  summary: `the pages in headless Chromium: first paint, the search over ${TENANTS} tenants, frames while a wave of ${WAVE} moves`,
  run: async ({ source, say }) => {
    const executable = findChromium();
    if (executable === undefined) throw new BenchError(NO_CHROMIUM);
    say('building the pages');
    const files = folderFiles(await buildPages({ workspace: source }));
    const api = await FakeApi.start({
      userPool: fakeUserPool([OPERATOR]),
      control: consoleFleet(TENANTS, WAVE),
    });
    const serve = (name: SiteName) =>
      SiteServer.start({ site: SITES[name], files, config: () => configuration(api), connect: [api.origin] });
    const sites = { control: await serve('control'), application: await serve('application') };
    const browser = await Browser.launch(executable);
    try {
      const place = { browser, api, sites, say };
      const figures = [
        ...(await measureStarts(place)),
        ...(await measureSearch(place)),
        ...(await measureFrames(place)),
      ];
      if (api.faults.length > 0) throw new BenchError(`the stand-in API: ${api.faults.join('; ')}`);
      return [{ title: 'Pages', command: commandOf('console-pages'), figures }];
    } finally {
      await browser.close();
      await Promise.all([...Object.values(sites), api].map((each) => each.close()));
    }
  },
};

function configuration(api: FakeApi) {
  return {
    application: 'Granary',
    controlApiUrl: api.controlUrl,
    operators: { region: 'us-east-1', userPoolId: 'us-east-1_Operators', clientId: 'operators' },
    cognitoEndpoint: `${api.origin}/`,
    signIn: 'password',
  };
}

async function measureStarts({ browser, api, sites, say }: Place): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const { entry, site, path } of ENTRIES) {
    say(`${RUNS} first visits of the entry ${entry}`);
    const paints: number[] = [];
    const readies: number[] = [];
    for (let run = 0; run < RUNS; run += 1) {
      // A profile of its own each time: nothing is kept from the visit before.
      const page = await browser.page({ origin: sites[site].origin, apis: [api.origin] });
      await page.open(path);
      await page.page.locator('input').first().waitFor(WAIT);
      const [paint, ready] = (await page.page.evaluate(PAINT_AND_NOW)) as [number, number];
      paints.push(paint);
      readies.push(ready);
      await page.close();
    }
    figures.push(
      {
        what: `${entry}: first contentful paint`,
        value: percentile(paints, 50),
        unit: 'ms',
        note: medianOf(paints),
      },
      {
        what: `${entry}: its first field takes input`,
        value: percentile(readies, 50),
        unit: 'ms',
        note: `${medianOf(readies)}, loopback, nothing cached`,
      },
    );
  }
  return figures;
}

async function signedIn({ browser, api, sites }: Place, address: string): Promise<BrowserPage> {
  const page = await browser.page({ origin: sites.control.origin, apis: [api.origin] });
  await page.open(`/#${address}`);
  await page.page.getByLabel('E-mail address').fill(OPERATOR.email);
  await page.page.getByLabel('Password', { exact: true }).fill(OPERATOR.password);
  await page.page.getByRole('button', { name: 'Sign in' }).click();
  return page;
}

async function measureSearch(place: Place): Promise<readonly Figure[]> {
  place.say(`searching among ${TENANTS} tenants`);
  const page = await signedIn(place, '/tenants');
  const began = performance.now();
  await page.page
    .getByText(`(${TENANTS.toLocaleString('en')})`)
    .first()
    .waitFor(WAIT);
  const loaded = performance.now() - began;
  const times: number[] = [];
  for (let run = 0; run < RUNS; run += 1)
    for (let length = 1; length <= TYPED.length + 1; length += 1)
      times.push((await page.page.evaluate(typed(TYPED.slice(0, length % (TYPED.length + 1))))) as number);
  await page.close();
  return [
    {
      what: `${TENANTS.toLocaleString('en')} tenants read, a hundred a call`,
      value: loaded / 1000,
      unit: 's',
    },
    {
      what: `a letter in the search over ${TENANTS.toLocaleString('en')} tenants, until painted`,
      value: percentile(times, 50),
      unit: 'ms',
      aim: 100,
      note: `median of ${times.length} letters, slowest ${Math.max(...times).toFixed(0)} ms`,
    },
  ];
}

/** Types a text into the search as a person would, and waits until the browser has painted what came of it. */
function typed(text: string): string {
  return `new Promise((resolve) => {
    const field = document.querySelector('input[type="search"]');
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
    const began = performance.now();
    set.call(field, ${JSON.stringify(text)});
    field.dispatchEvent(new Event('input', { bubbles: true }));
    requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - began)));
  })`;
}

async function measureFrames(place: Place): Promise<readonly Figure[]> {
  place.say(`frames while a wave of ${WAVE} moves`);
  const page = await signedIn(place, `/releases/${RUN_ID}`);
  await page.page.emulateMedia({ reducedMotion: 'no-preference' });
  await page.page.reload();
  await page.page.getByLabel('E-mail address').fill(OPERATOR.email);
  await page.page.getByLabel('Password', { exact: true }).fill(OPERATOR.password);
  await page.page.getByRole('button', { name: 'Sign in' }).click();
  await page.page.getByRole('img', { name: /Wave everyone/ }).waitFor(WAIT);
  const frames = (await page.page.evaluate(`new Promise((resolve) => {
    const frames = [];
    const began = performance.now();
    let last = began;
    const frame = (now) => {
      frames.push(now - last);
      last = now;
      if (now - began < ${FRAMES_MS}) requestAnimationFrame(frame);
      else resolve(frames.slice(1));
    };
    requestAnimationFrame(frame);
  })`)) as number[];
  await page.close();
  const late = frames.filter((each) => each > 50).length;
  return [
    {
      what: `a frame while a wave of ${WAVE.toLocaleString('en')} moves`,
      value: percentile(frames, 50),
      unit: 'ms',
      aim: 17,
      note: `median of ${frames.length} frames`,
    },
    {
      what: '95 of 100 frames at most',
      value: percentile(frames, 95),
      unit: 'ms',
      note: `slowest ${Math.max(...frames).toFixed(0)} ms, ${late} over 50 ms: those in which an answer came`,
    },
  ];
}

function medianOf(sample: readonly number[]): string {
  return `median of ${sample.length}, slowest ${Math.max(...sample).toFixed(0)} ms`;
}
