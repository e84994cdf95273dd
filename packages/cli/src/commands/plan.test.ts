import { execFileSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type RunRecord, RunStore } from '@granary/local';
import { EXIT } from '../cli-error';
import { MANIFEST } from '../render/sample-fleet';
import { plan } from './plan';
import { ProjectForTests } from './project-for-tests';

let project: ProjectForTests;

beforeEach(async () => {
  project = await ProjectForTests.make(MANIFEST);
});
afterEach(() => project.remove());

function git(...args: readonly string[]): string {
  const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com'];
  return execFileSync('git', [...identity, ...args], { cwd: project.folder, encoding: 'utf8' }).trim();
}

/** @returns the commit */
async function commit(manifest: object): Promise<string> {
  await project.writeManifest(manifest);
  git('add', 'tenants.json');
  git('commit', '--quiet', '--message=Sow');
  return git('rev-parse', 'HEAD');
}

const HOOLI = { ...MANIFEST.tenants[0], id: 'hooli', name: 'Hooli', ring: undefined, cell: 'us-1' };
const fleet = (...tenants: readonly object[]) => ({ ...MANIFEST, tenants });

async function planned(options: Parameters<typeof plan>[1] = {}) {
  project.takeLines();
  const code = await plan(project.context(true), options);
  return { code, ...JSON.parse(project.takeLines().join('')) };
}

test('without a commit all is new', async () => {
  expect(await planned()).toMatchObject({
    comparedWith: 'nothing: no commit holds a manifest yet',
    tenants: { added: ['acme'] },
    waves: [{ name: 'first', tenants: 1 }, { name: 'all' }],
  });
});

test('the working tree is compared with HEAD, with a commit, or with a file', async () => {
  git('init', '--quiet');
  const first = await commit(fleet());
  await commit(MANIFEST);
  await project.writeManifest(fleet(...MANIFEST.tenants, HOOLI));
  expect(await planned()).toMatchObject({ comparedWith: 'HEAD', tenants: { added: ['hooli'] } });
  expect(await planned({ from: first })).toMatchObject({ tenants: { added: ['acme', 'hooli'] } });
  await project.writeManifest(fleet(HOOLI), 'old.json');
  expect(await planned({ from: 'old.json' })).toMatchObject({
    comparedWith: 'old.json',
    tenants: { added: ['acme'] },
  });
});

test('the working tree is compared with the last release that went well', async () => {
  git('init', '--quiet');
  const released = await commit(fleet());
  const failed = await commit(MANIFEST);
  const store = new RunStore(join(project.folder, '.granary', 'runs'));
  const record = (id: string, of: string, status: 'succeeded' | 'failed', at: number): RunRecord =>
    ({
      ...{ id, commit: of, subject: 'Sow', pipeline: 'barn-pipeline', stages: [] },
      queuedAt: new Date(at).toISOString(),
      state: status === 'failed' ? { status, reason: 'hail', details: [] } : { status },
    }) as RunRecord;
  await store.save(record('11111111-aaaa', released, 'succeeded', 1000));
  await store.save(record('22222222-bbbb', failed, 'failed', 2000));
  expect(await planned()).toMatchObject({
    comparedWith: `the release of ${released.slice(0, 8)}`,
    tenants: { added: ['acme'] },
  });
});

test('what is neither a commit nor a file is told', async () => {
  git('init', '--quiet');
  await commit(MANIFEST);
  await expect(plan(project.context(), { from: 'v9' })).rejects.toMatchObject({
    exitCode: EXIT.usage,
    message: expect.stringContaining('"v9" is no file'),
  });
});

describe('templates', () => {
  const table = (key: string) => ({
    Resources: {
      Orders: { Type: 'AWS::DynamoDB::Table', Properties: { KeySchema: [{ AttributeName: key }] } },
    },
  });

  /** An assembly with one nested assembly, as CDK Pipelines writes it. */
  async function assembly(name: string, template: object): Promise<void> {
    const nested = join(project.folder, name, 'assembly-acme');
    await mkdir(nested, { recursive: true });
    await project.writeManifest(
      {
        artifacts: {
          'assembly-acme': { type: 'cdk:cloud-assembly', properties: { directoryName: 'assembly-acme' } },
        },
      },
      join(name, 'manifest.json'),
    );
    const stack = {
      type: 'aws:cloudformation:stack',
      environment: 'aws://333333333333/eu-west-1',
      properties: { templateFile: 'acme.json', stackName: 'barn-acme' },
    };
    await project.writeManifest(
      { artifacts: { tree: { type: 'cdk:tree' }, acme: stack } },
      join(name, 'assembly-acme', 'manifest.json'),
    );
    await project.writeManifest(template, join(name, 'assembly-acme', 'acme.json'));
  }

  test('that would replace a table fail the plan, until it is confirmed by name', async () => {
    await assembly('before', table('pk'));
    await assembly('after', table('id'));
    const options = { templates: 'before', assembly: 'after' };
    expect(await planned(options)).toMatchObject({
      code: EXIT.failure,
      refusals: [
        { kind: 'replacement', message: expect.stringContaining('barn-acme (333333333333 eu-west-1)') },
      ],
    });
    const confirmedReplacements = [{ resource: 'Orders', reason: 'it is empty' }];
    await project.writeManifest({ ...MANIFEST, rollout: { ...MANIFEST.rollout, confirmedReplacements } });
    expect(await planned(options)).toMatchObject({ code: EXIT.ok, refusals: [] });
  });

  test('that are none are told', async () => {
    await expect(plan(project.context(), { templates: 'nowhere' })).rejects.toThrow(
      '"cdk synth" has written',
    );
  });
});

test('a person sees changes, waves, quotas, warnings and refusals', async () => {
  git('init', '--quiet');
  await commit(fleet(...MANIFEST.tenants, HOOLI));
  await project.writeManifest({ ...MANIFEST, application: 'silo' });
  expect(await plan(project.context())).toBe(EXIT.failure);
  const text = project.takeLines().join('\n');
  expect(text).toMatch(/what a push would do {2}compared with HEAD\n {2}engine pipeline: "auto"/);
  expect(text).toMatch(/hooli +vanished +kept, without releases/);
  expect(text).toMatch(/first +1 +100\.0 %/);
  expect(text).toMatch(/regional REST APIs +\S+ \S+ +\d+ +600 +\d+ silo tenants/);
  expect(text).toContain('warning: tenant "hooli" is in the manifest no more');
  expect(text).toContain('refused: the application is called "silo" and was released as "barn"');
});

test('the comment for a pull request is Markdown in which no name formats or calls anyone', async () => {
  git('init', '--quiet');
  await commit(fleet());
  const [acme] = MANIFEST.tenants;
  const waves = MANIFEST.rollout.waves.map((wave, index) =>
    index === 0 ? { ...wave, skip: { reason: '<b>@all</b> | `x` [y](z)' } } : wave,
  );
  await project.writeManifest({ ...MANIFEST, tenants: [acme], rollout: { ...MANIFEST.rollout, waves } });
  expect(await plan(project.context(), { markdown: true })).toBe(EXIT.ok);
  const text = project.takeLines().join('\n');
  expect(text).toContain('### What a push would do');
  expect(text).toContain('| acme | added | platinum in eu-1, wave first |');
  expect(text).toContain('skipped: &lt;b&gt;@\u200ball&lt;/b&gt; \\| \\`x\\` \\[y\\](z)');
  expect(text).not.toContain('<b>');
});
