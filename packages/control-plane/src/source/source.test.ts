import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GithubServer } from '@granary/local';
import fc from 'fast-check';
import { GithubCalls } from './github-calls';
import { GithubRepository } from './github-repository';
import { memorySource } from './memory-source';
import { repositorySource } from './repository-source';
import { SourceError } from './source-error';
import type { SourceProvider } from './source-provider';

const MANIFEST = {
  application: 'granary',
  toolchain: {
    account: '111111111111',
    region: 'us-east-1',
    source: { type: 'codecommit', repository: 'granary', branch: 'main' },
  },
  controlPlane: { account: '222222222222', region: 'us-east-1' },
  cells: [{ id: 'us-1', account: '222222222222', region: 'us-east-1' }],
  tiers: {
    platinum: { model: 'silo', throttle: { burst: 5, rate: 5 }, quota: { requestsPerDay: 100 } },
  },
  tenants: [],
  rollout: { waves: [{ name: 'everyone', percentage: 100, bakeMinutes: 15 }] },
};
const TEXT = `${JSON.stringify(MANIFEST, undefined, 2)}\n`;
const tenant = (id: string) => ({
  id,
  name: id,
  tier: 'platinum',
  cell: 'us-1',
  adminEmail: `admin@${id}.example.com`,
});
const idsIn = (text: string) =>
  (JSON.parse(text) as { tenants: { id: string }[] }).tenants.map(({ id }) => id).sort();

describe('in a repository in memory', () => {
  it('makes one commit of one operation, whatever is sent how often and in which order', async () => {
    const operation = fc.record({ tenant: fc.constantFrom('acme', 'globex', 'hooli'), times: fc.nat(2) });
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { maxLength: 6 }), async (operations) => {
        const { source, repository } = memorySource(TEXT);
        const sent = operations.flatMap(({ tenant: id, times }) =>
          Array.from({ length: times + 1 }, () => id),
        );
        await Promise.all(
          sent.map((id) => source.addTenant({ operationId: `op-${id}`, way: 'commit', tenant: tenant(id) })),
        );
        const wanted = [...new Set(sent)].sort();
        expect(repository.log()).toHaveLength(wanted.length + 1);
        expect(idsIn((await repository.read('main')).text)).toEqual(wanted);
      }),
      { numRuns: 50 },
    );
  });

  it('does not make again what an operator took back', async () => {
    const { source, repository } = memorySource(TEXT);
    const request = { operationId: 'op-1', way: 'commit', tenant: tenant('acme') } as const;
    const made = await source.addTenant(request);
    repository.push(TEXT, 'Revert it');
    expect(await source.addTenant(request)).toEqual(made);
    expect(idsIn((await repository.read('main')).text)).toEqual([]);
  });

  it('says what an entry has otherwise, and what is no operation id', async () => {
    const { source } = memorySource(TEXT);
    await source.addTenant({ operationId: 'op-1', way: 'commit', tenant: tenant('acme') });
    const other = { ...tenant('acme'), name: 'Acme' };
    await expect(source.addTenant({ operationId: 'op-2', way: 'commit', tenant: other })).rejects.toThrow(
      'with another name',
    );
    await expect(
      source.addTenant({ operationId: 'a/../b', way: 'pull-request', tenant: other }),
    ).rejects.toThrow(SourceError);
  });
});

describe('over GitHub’s calls, on a real repository', () => {
  let folder: string;
  let server: GithubServer;
  let source: SourceProvider;
  let apiUrl: string;
  const commits: string[] = [];
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', join(folder, 'remote.git'), ...args], { encoding: 'utf8' }).trim();
  const tenants = () => idsIn(git('show', 'main:tenants.json'));
  const call = (method: string, path: string, body?: object) =>
    fetch(`${apiUrl}/repos/granary/granary${path}`, {
      method,
      headers: { authorization: `Bearer ${server.token}` },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'granary-source-'));
    const work = join(folder, 'work');
    execFileSync('git', ['init', '--quiet', '--initial-branch=main', work]);
    writeFileSync(join(work, 'tenants.json'), TEXT);
    writeFileSync(join(work, 'README.md'), 'kept\n');
    const as = ['-c', 'user.name=tester', '-c', 'user.email=tester@example.com'];
    execFileSync('git', ['-C', work, 'add', '--all']);
    execFileSync('git', ['-C', work, ...as, 'commit', '--quiet', '--message=Begin']);
    execFileSync('git', ['clone', '--quiet', '--bare', work, join(folder, 'remote.git')]);
    commits.length = 0;
    server = new GithubServer({
      folder: join(folder, 'remote.git'),
      owner: 'granary',
      repository: 'granary',
      onCommit: async (branch, commit) => void commits.push(`${branch} ${commit}`),
    });
    apiUrl = await server.listen();
    source = sourceWith(server.token);
  });
  afterEach(async () => {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  });

  const sourceWith = (token: string) => {
    const calls = new GithubCalls({ apiUrl, token: async () => token });
    const place = { owner: 'granary', repository: 'granary', branch: 'main' };
    return repositorySource(new GithubRepository({ ...place, calls }));
  };

  it('commits once, keeps every other file and line, and tells of the new head', async () => {
    const request = { operationId: 'op-1', way: 'commit', tenant: tenant('acme') } as const;
    const made = await source.addTenant(request);
    expect(await source.addTenant(request)).toEqual(made);
    expect(made).toMatchObject({ kind: 'commit', id: git('rev-parse', 'main') });
    expect(commits).toEqual([`main ${made.id}`]);
    expect(await source.state(made)).toEqual({ status: 'merged', commit: made.id });
    expect(tenants()).toEqual(['acme']);
    expect(git('show', 'main:README.md')).toBe('kept');
    expect(git('diff', '--numstat', 'main~1', 'main')).toMatch(/^\d+\t1\ttenants\.json$/);
    await source.offboardTenant({ operationId: 'op-2', way: 'commit', tenantId: 'acme' });
    expect(git('show', 'main:tenants.json')).toContain('"state": "offboarding"');
    await source.removeTenant({ operationId: 'op-3', way: 'commit', tenantId: 'acme' });
    expect(tenants()).toEqual([]);
  });

  it('loses no change of several at the same time', async () => {
    const names = ['acme', 'globex', 'hooli', 'initech'];
    await Promise.all(
      names.map((id) => source.addTenant({ operationId: `op-${id}`, way: 'commit', tenant: tenant(id) })),
    );
    expect(tenants()).toEqual(names);
    expect(commits).toHaveLength(names.length);
  });

  it('proposes once, and is on the branch when people merge it', async () => {
    const request = { operationId: 'op-1', way: 'pull-request', tenant: tenant('acme') } as const;
    const proposed = await source.addTenant(request);
    expect(await source.addTenant(request)).toEqual(proposed);
    expect(proposed).toMatchObject({ kind: 'pull-request', id: '1' });
    expect(await source.state(proposed)).toEqual({ status: 'open' });
    expect(tenants()).toEqual([]);
    await source.addTenant({ operationId: 'op-2', way: 'commit', tenant: tenant('globex') });
    const merge = await call('PUT', `/pulls/${proposed.id}/merge`);
    // Both add at the end of the list: git cannot tell whose comes first.
    expect(merge.status).toBe(409);
    const closed = await call('PATCH', `/pulls/${proposed.id}`, { state: 'closed' });
    expect(closed.status).toBe(200);
    expect(await source.state(proposed)).toEqual({ status: 'closed' });
    const again = await source.addTenant({ ...request, operationId: 'op-3' });
    expect((await call('PUT', `/pulls/${again.id}/merge`)).status).toBe(200);
    expect(await source.state(again)).toEqual({ status: 'merged', commit: git('rev-parse', 'main') });
    expect(tenants()).toEqual(['acme', 'globex']);
    expect(commits.at(-1)).toBe(`main ${git('rev-parse', 'main')}`);
  });

  it('turns away who has no token of this start, and does not tell the token', async () => {
    const request = { operationId: 'op-1', way: 'commit', tenant: tenant('acme') } as const;
    const refused = sourceWith('another-token').addTenant(request);
    await expect(refused).rejects.toThrow('401');
    await expect(refused).rejects.not.toThrow('another-token');
    expect(commits).toEqual([]);
  });
});
