import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CloudFormationClient,
  CreateStackCommand,
  waitUntilStackCreateComplete,
} from '@aws-sdk/client-cloudformation';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { type Engine, installEngine, startEngine } from '@granary/local';
import { readPages, writePages } from '../host/pages-file';
import { MANIFEST } from '../render/sample-fleet';
import { type PageLink, Sites } from './sites';

jest.setTimeout(120_000);

const ROOT = join(__dirname, '..', '..', '..', '..');
const { account, region } = MANIFEST.controlPlane;
const SITES = ['control', 'application'] as const;
const bucketOf = (site: string) => `granary-${site}-site`;
/** As the control plane's stack names its sites. */
const TEMPLATE = {
  Resources: Object.fromEntries(
    SITES.map((site) => [site, { Type: 'AWS::S3::Bucket', Properties: { BucketName: bucketOf(site) } }]),
  ),
  Outputs: {
    ControlSiteBucket: { Value: { Ref: 'control' } },
    ApplicationSiteBucket: { Value: { Ref: 'application' } },
  },
};

let engine: Engine;
let folder: string;
let sites: Sites | undefined;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'granary-sites-'));
  engine = await startEngine({
    python: await installEngine({ venvFolder: join(ROOT, '.granary', 'venv') }),
    stateFolder: join(folder, 'state'),
    logFile: join(folder, 'engine.log'),
    persist: false,
  });
});
afterAll(async () => {
  await sites?.close();
  await engine?.stop(2_000);
  rmSync(folder, { recursive: true, force: true });
});

async function put(site: string, files: Readonly<Record<string, string>>): Promise<void> {
  const s3 = new S3Client({ ...engine.clientConfig(account, region), forcePathStyle: true });
  for (const [Key, Body] of Object.entries(files))
    await s3.send(new PutObjectCommand({ Bucket: bucketOf(site), Key, Body }));
  s3.destroy();
}

const serve = (tell?: (links: readonly PageLink[]) => Promise<void>) =>
  Sites.serve({ access: engine, manifest: MANIFEST, anyPort: true, ...(tell ? { tell } : {}) });
const read = async (page: string, path = '') => {
  const url = sites?.links.find((link) => link.page === page)?.url;
  return (await fetch(new URL(path, url))).text();
};

test('the released pages are served once a release has put them up, and the next one as soon as it has', async () => {
  expect(await serve()).toBeUndefined();
  const client = new CloudFormationClient(engine.clientConfig(account, region));
  const StackName = `${MANIFEST.application}-control-plane`;
  await client.send(new CreateStackCommand({ StackName, TemplateBody: JSON.stringify(TEMPLATE) }));
  await waitUntilStackCreateComplete({ client, maxWaitTime: 30, minDelay: 1, maxDelay: 1 }, { StackName });
  // Buckets without pages: a release is under way.
  await expect(serve()).rejects.toThrow('has no "tenant.html"');

  const controlApiUrl = 'https://abc123.execute-api.us-east-1.amazonaws.com/prod/';
  await put('control', { 'operator.html': 'operator 1', 'config.json': JSON.stringify({ controlApiUrl }) });
  await put('application', { 'tenant.html': 'tenant 1', 'sign-up.html': 'sign-up 1', 'config.json': '{}' });
  let told: readonly PageLink[] = [];
  const forgetful = async (links: readonly PageLink[]) => {
    told = links;
    throw new Error('there is no room');
  };
  await expect(serve(forgetful)).rejects.toThrow('there is no room');
  // Nobody could be told of them: they are not left behind.
  for (const { url } of told) await expect(fetch(url)).rejects.toThrow();
  sites = await serve((links) => writePages(folder, links));
  expect(await readPages(folder)).toEqual(sites?.links);
  expect(sites?.links).toHaveLength(3);
  expect(await read('operator console')).toBe('operator 1');
  expect(await read('sign-up')).toBe('sign-up 1');
  await put('application', { 'tenant.html': 'tenant 2' });
  expect(await read('tenant application', '?tenant=acme')).toBe('tenant 2');

  const config = JSON.parse(await read('operator console', 'config.json'));
  const application = sites?.links.find(({ page }) => page === 'tenant application')?.url;
  expect(config).toEqual({
    controlApiUrl: `${engine.endpoint}/_aws/execute-api/abc123/prod/`,
    tenantApplicationUrl: application,
    signUpUrl: `${application}sign-up`,
    cognitoEndpoint: engine.endpoint,
  });
});
