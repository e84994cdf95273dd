import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  waitUntilStackCreateComplete,
} from '@aws-sdk/client-cloudformation';
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { type Engine, type EngineClientConfig, installEngine, startEngine } from '@granary/local';
import { App, CfnOutput, DefaultStackSynthesizer, Stack } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { buildSync } from 'esbuild';
import { zipSync } from 'fflate';
import { sampleManifest } from '../../testing/sample';
import { ControlTable } from '../control-table';
import { Sites } from './sites';

jest.setTimeout(180_000);

const ROOT = join(__dirname, '..', '..', '..', '..');
const ACCOUNT = '222222222222';
const REGION = 'us-east-1';
/** Certificate and zone are made outside of any stack. */
const NAMES = {
  application: {
    name: 'seeds.example.com',
    certificateArn: `arn:aws:acm:us-east-1:${ACCOUNT}:certificate/1`,
    hostedZoneId: 'Z0123456789',
  },
};
const CONTROL_URL = 'https://control.example.com/prod/';

let engine: Engine;
let folder: string;
let outputs: Readonly<Record<string, string>>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'granary-sites-'));
  engine = await startEngine({
    python: await installEngine({ venvFolder: join(ROOT, '.granary', 'venv') }),
    stateFolder: join(folder, 'state'),
    logFile: join(folder, 'engine.log'),
    persist: false,
  });
  outputs = await deploy(engine.clientConfig(ACCOUNT, REGION));
});
afterAll(async () => {
  await engine?.stop(2_000);
  rmSync(folder, { recursive: true, force: true });
});

/** The sites as the control plane has them, in a stack of their own; with what the pipeline would publish first. */
async function deploy(config: EngineClientConfig): Promise<Record<string, string>> {
  const publisher = join(folder, 'publisher');
  buildSync({
    entryPoints: [join(ROOT, 'packages', 'hosting', 'src', 'publish', 'handler.ts')],
    ...{ bundle: true, platform: 'node', target: 'node20', format: 'cjs', mainFields: ['module', 'main'] },
    outfile: join(publisher, 'index.js'),
    external: ['@aws-sdk/*'],
    logLevel: 'error',
  });
  const assembly = join(folder, 'assembly');
  const app = new App({ outdir: assembly, analyticsReporting: false });
  const stack = new Stack(app, 'Host', {
    env: { account: ACCOUNT, region: REGION },
    synthesizer: new DefaultStackSynthesizer({
      fileAssetsBucketName: 'assets',
      generateBootstrapVersionRule: false,
    }),
  });
  const sites = new Sites(stack, 'Sites', {
    manifest: sampleManifest({ controlPlane: { account: ACCOUNT, region: REGION, sites: NAMES } }),
    pages: join(__dirname, '..', '..', 'testing', 'pages'),
    controlUrl: CONTROL_URL,
    userPoolId: 'us-east-1_Operators',
    userPoolClientId: 'client',
    bus: new EventBus(stack, 'Bus'),
    table: new ControlTable(stack, 'Control').table,
    shared: { code: { of: () => Code.fromAsset(publisher) }, layers: [] },
  });
  new CfnOutput(stack, 'ControlSite', { value: sites.control.bucket.bucketName });
  new CfnOutput(stack, 'ApplicationSite', { value: sites.application.bucket.bucketName });
  app.synth();

  const s3 = new S3Client({ ...config, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: 'assets' }));
  const { files } = JSON.parse(readFileSync(join(assembly, 'Host.assets.json'), 'utf8')) as AssetManifest;
  for (const { source, destinations } of Object.values(files))
    for (const { bucketName, objectKey } of Object.values(destinations)) {
      const path = join(assembly, source.path);
      const Body = source.packaging === 'zip' ? zipped(path) : readFileSync(path);
      await s3.send(new PutObjectCommand({ Bucket: bucketName, Key: objectKey, Body }));
    }
  const client = new CloudFormationClient(config);
  const StackName = 'host';
  const TemplateBody = readFileSync(join(assembly, 'Host.template.json'), 'utf8');
  await client.send(
    new CreateStackCommand({ StackName, TemplateBody, Capabilities: ['CAPABILITY_NAMED_IAM'] }),
  );
  await waitUntilStackCreateComplete({ client, maxWaitTime: 90, minDelay: 1, maxDelay: 1 }, { StackName });
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName }));
  return Object.fromEntries((Stacks?.[0]?.Outputs ?? []).map((each) => [each.OutputKey, each.OutputValue]));
}

interface AssetManifest {
  readonly files: Readonly<
    Record<
      string,
      {
        readonly source: { readonly path: string; readonly packaging: 'zip' | 'file' };
        readonly destinations: Readonly<
          Record<string, { readonly bucketName: string; readonly objectKey: string }>
        >;
      }
    >
  >;
}

function zipped(path: string): Uint8Array {
  return zipSync(Object.fromEntries(readdirSync(path).map((name) => [name, readFileSync(join(path, name))])));
}

const NESTED_STACK = 'AWS::CloudFormation::Stack';

async function resourcesOf(client: CloudFormationClient, StackName: string) {
  const { StackResources = [] } = await client.send(new DescribeStackResourcesCommand({ StackName }));
  return StackResources;
}

/** A file of a site's bucket as it is served, or undefined. */
async function served(site: 'Control' | 'Application', path: string) {
  const s3 = new S3Client({ ...engine.clientConfig(ACCOUNT, REGION), forcePathStyle: true });
  const found = await s3
    .send(new GetObjectCommand({ Bucket: outputs[`${site}Site`], Key: path }))
    .catch((error: Error) => error.name);
  if (typeof found === 'string') return found;
  const { ContentType, CacheControl, Body } = found;
  return { ContentType, CacheControl, text: await Body?.transformToString() };
}

test('the update of the stack puts each page into the bucket of its site, with its headers', async () => {
  for (const [site, page] of [
    ['Control', 'operator'],
    ['Application', 'tenant'],
    ['Application', 'sign-up'],
  ] as const)
    expect(await served(site, `${page}.html`)).toEqual({
      ContentType: 'text/html; charset=utf-8',
      CacheControl: 'no-cache',
      text: expect.stringContaining(`<title>${page}</title>`),
    });
  expect(await served('Application', 'operator.html')).toBe('NoSuchKey');
});

test('settings are written for the deployment, with the API that the stack was given', async () => {
  const { text, ContentType } = (await served('Control', 'config.json')) as Record<string, string>;
  expect(ContentType).toBe('application/json');
  expect(JSON.parse(text as string)).toEqual({
    application: 'granary',
    controlApiUrl: CONTROL_URL,
    operators: { region: REGION, userPoolId: 'us-east-1_Operators', clientId: 'client' },
    tenantApplicationUrl: 'https://{tenant}.seeds.example.com/',
    signUpUrl: 'https://seeds.example.com/sign-up',
  });
});

test('names of your own get their records, in a zone that nobody made here', async () => {
  const client = new CloudFormationClient(engine.clientConfig(ACCOUNT, REGION));
  const nested = (await resourcesOf(client, 'host')).find((each) => each.ResourceType === NESTED_STACK);
  const made = await resourcesOf(client, nested?.PhysicalResourceId as string);
  const records = made.filter(({ ResourceType }) => ResourceType === 'AWS::Route53::RecordSet');
  expect(records.map(({ ResourceStatus }) => ResourceStatus)).toEqual(Array(4).fill('CREATE_COMPLETE'));
});
