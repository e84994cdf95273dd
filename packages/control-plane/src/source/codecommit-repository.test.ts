import {
  BranchDoesNotExistException,
  BranchNameExistsException,
  type CodeCommitClient,
  ParentCommitIdOutdatedException,
} from '@aws-sdk/client-codecommit';
import { CodecommitRepository } from './codecommit-repository';
import { repositorySource } from './repository-source';

interface Commit {
  readonly commitId: string;
  readonly message: string;
  readonly text: string;
}

const TENANT = {
  id: 'acme',
  name: 'Acme',
  tier: 'platinum',
  cell: 'us-1',
  adminEmail: 'admin@acme.example.com',
};
const TEXT = `${JSON.stringify({
  application: 'granary',
  toolchain: {
    account: '111111111111',
    region: 'us-east-1',
    source: { type: 'codecommit', repository: 'granary', branch: 'main' },
  },
  controlPlane: { account: '222222222222', region: 'us-east-1' },
  cells: [{ id: 'us-1', account: '222222222222', region: 'us-east-1' }],
  tiers: { platinum: { model: 'silo', throttle: { burst: 5, rate: 5 }, quota: { requestsPerDay: 100 } } },
  rollout: { waves: [{ name: 'everyone', percentage: 100, bakeMinutes: 15 }] },
})}\n`;

/** CodeCommit's operations, as its API reference has them, over branches in memory. */
class FakeCodecommit {
  readonly branches = new Map<string, Commit[]>([
    ['main', [{ commitId: 'c0', message: 'Begin', text: TEXT }]],
  ]);
  readonly pulls = new Map<string, { token: string; branch: string; merged?: string }>();
  /** Commits that somebody else makes just before the next writes. */
  ahead = 0;
  private made = 0;

  async send(command: { readonly constructor: { readonly name: string }; readonly input: never }) {
    return this[command.constructor.name as 'GetFileCommand'](command.input);
  }

  push(branch: string, message: string, text: string): string {
    this.made += 1;
    this.on(branch).push({ commitId: `c${this.made}`, message, text });
    return `c${this.made}`;
  }

  GetFileCommand({ commitSpecifier }: { commitSpecifier: string }) {
    const { commitId, text } = this.on(commitSpecifier).at(-1) as Commit;
    return { commitId, fileContent: Buffer.from(text) };
  }

  PutFileCommand(input: {
    branchName: string;
    parentCommitId: string;
    commitMessage: string;
    fileContent: Buffer;
  }) {
    const head = this.on(input.branchName).at(-1) as Commit;
    if (this.ahead > 0) {
      this.ahead -= 1;
      this.push(input.branchName, 'Ahead', head.text);
    }
    if (this.on(input.branchName).at(-1)?.commitId !== input.parentCommitId)
      throw new ParentCommitIdOutdatedException({ message: 'outdated', $metadata: {} });
    return { commitId: this.push(input.branchName, input.commitMessage, input.fileContent.toString()) };
  }

  GetBranchCommand({ branchName }: { branchName: string }) {
    return { branch: { commitId: this.on(branchName).at(-1)?.commitId } };
  }

  CreateBranchCommand({ branchName }: { branchName: string }) {
    if (this.branches.has(branchName))
      throw new BranchNameExistsException({ message: 'exists', $metadata: {} });
    this.branches.set(branchName, [...this.on('main')]);
    return {};
  }

  ListFileCommitHistoryCommand({ commitSpecifier }: { commitSpecifier: string }) {
    return { revisionDag: this.on(commitSpecifier).map((commit) => ({ commit })) };
  }

  ListPullRequestsCommand() {
    return { pullRequestIds: [...this.pulls].filter(([, { merged }]) => !merged).map(([id]) => id) };
  }

  CreatePullRequestCommand(input: { clientRequestToken: string; targets: { sourceReference: string }[] }) {
    const known = [...this.pulls].find(([, { token }]) => token === input.clientRequestToken)?.[0];
    const id = known ?? String(this.pulls.size + 1);
    if (!known)
      this.pulls.set(id, {
        token: input.clientRequestToken,
        branch: input.targets[0]?.sourceReference as string,
      });
    return { pullRequest: { pullRequestId: id } };
  }

  GetPullRequestCommand({ pullRequestId }: { pullRequestId: string }) {
    const { branch, merged } = this.pulls.get(pullRequestId) as { branch: string; merged?: string };
    const mergeMetadata = merged ? { isMerged: true, mergeCommitId: merged } : { isMerged: false };
    return {
      pullRequest: {
        pullRequestStatus: merged ? 'CLOSED' : 'OPEN',
        pullRequestTargets: [{ sourceReference: `refs/heads/${branch}`, mergeMetadata }],
      },
    };
  }

  private on(branch: string): Commit[] {
    const commits = this.branches.get(branch);
    if (!commits) throw new BranchDoesNotExistException({ message: 'no branch', $metadata: {} });
    return commits;
  }
}

function opened() {
  const codecommit = new FakeCodecommit();
  const repository = new CodecommitRepository({
    client: codecommit as unknown as Pick<CodeCommitClient, 'send'>,
    region: 'us-east-1',
    repository: 'granary',
    branch: 'main',
  });
  return { codecommit, source: repositorySource(repository, { pause: async () => undefined }) };
}

it('commits once on the head of the moment, however often others were faster', async () => {
  const { codecommit, source } = opened();
  codecommit.ahead = 3;
  const request = { operationId: 'op-1', way: 'commit', tenant: TENANT } as const;
  const made = await source.addTenant(request);
  expect(await source.addTenant(request)).toEqual(made);
  expect(made).toMatchObject({ kind: 'commit', id: 'c4' });
  expect(codecommit.branches.get('main')?.map(({ message }) => message.split('\n')[0])).toEqual([
    'Begin',
    'Ahead',
    'Ahead',
    'Ahead',
    'Add tenant acme',
  ]);
});

it('proposes once, on a branch of its own, and tells when it is merged', async () => {
  const { codecommit, source } = opened();
  const request = { operationId: 'op-1', way: 'pull-request', tenant: TENANT } as const;
  const proposed = await source.addTenant(request);
  expect(await source.addTenant(request)).toEqual(proposed);
  expect([...codecommit.pulls.values()]).toEqual([{ token: 'op-1', branch: 'granary/op-1' }]);
  expect(await source.state(proposed)).toEqual({ status: 'open' });
  codecommit.pulls.set('1', { token: 'op-1', branch: 'granary/op-1', merged: 'c9' });
  expect(await source.state(proposed)).toEqual({ status: 'merged', commit: 'c9' });
  expect(await source.addTenant(request)).toEqual(proposed);
  expect(codecommit.pulls.size).toBe(1);
});

it('says that a repository without the branch is no matter for another try', async () => {
  const { codecommit, source } = opened();
  codecommit.branches.delete('main');
  const request = { operationId: 'op-1', way: 'commit', tenantId: 'acme' } as const;
  await expect(source.offboardTenant(request)).rejects.toMatchObject({
    name: 'SourceError',
    transient: false,
  });
});
