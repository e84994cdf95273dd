import {
  BranchDoesNotExistException,
  BranchNameExistsException,
  type CodeCommitClient,
  ConcurrentReferenceUpdateException,
  CreateBranchCommand,
  CreatePullRequestCommand,
  GetBranchCommand,
  GetFileCommand,
  GetPullRequestCommand,
  ListFileCommitHistoryCommand,
  ListPullRequestsCommand,
  ParentCommitIdOutdatedException,
  type PullRequest,
  PutFileCommand,
} from '@aws-sdk/client-codecommit';
import type { ManifestRepository, ManifestText, ManifestWrite, Proposal } from './manifest-repository';
import { SourceError, StaleSourceError } from './source-error';
import type { SourceChange, SourceChangeState } from './source-provider';

const FILE = 'tenants.json';
/** Errors that another try may get past, by name. */
const PASSING =
  /Throttl|TooManyRequests|Timeout|ServiceUnavailable|InternalError|EncryptionKeyUnavailable|ExpiredToken|ECONN|socket/i;

export interface CodecommitRepositoryOptions {
  readonly client: Pick<CodeCommitClient, 'send'>;
  readonly region: string;
  readonly repository: string;
  readonly branch: string;
}

/** The manifest in a CodeCommit repository. */
export class CodecommitRepository implements ManifestRepository {
  readonly branch: string;
  private readonly send: CodeCommitClient['send'];

  constructor(private readonly options: CodecommitRepositoryOptions) {
    this.branch = options.branch;
    const { client } = options;
    this.send = ((command: never) =>
      (client.send as (command: never) => Promise<unknown>)(command).catch(explain)) as never;
  }

  async read(branch: string): Promise<ManifestText> {
    const { commitId, fileContent } = await this.send(
      new GetFileCommand({ ...this.named, filePath: FILE, commitSpecifier: branch }),
    );
    return { text: Buffer.from(fileContent ?? []).toString('utf8'), revision: commitId ?? '' };
  }

  async write({ branch, text, revision, message }: ManifestWrite): Promise<SourceChange> {
    const { commitId } = await this.send(
      new PutFileCommand({
        ...this.named,
        branchName: branch,
        filePath: FILE,
        fileContent: Buffer.from(text),
        parentCommitId: revision,
        commitMessage: message,
        name: 'Granary',
      }),
    );
    return this.commitOf(commitId);
  }

  async head(): Promise<SourceChange> {
    return this.commitOf(await this.headId());
  }

  async branchOff(branch: string): Promise<void> {
    const commitId = await this.headId();
    try {
      await this.send(new CreateBranchCommand({ ...this.named, branchName: branch, commitId }));
    } catch (error) {
      if (!((error as Error).cause instanceof BranchNameExistsException)) throw error;
    }
  }

  async findCommit(mark: string): Promise<SourceChange | undefined> {
    const { revisionDag = [] } = await this.send(
      new ListFileCommitHistoryCommand({
        ...this.named,
        commitSpecifier: this.branch,
        filePath: FILE,
        maxResults: 100,
      }),
    );
    const found = revisionDag.find(({ commit }) => commit?.message?.split('\n').includes(mark));
    return found && this.commitOf(found.commit?.commitId);
  }

  async findProposal(branch: string): Promise<SourceChange | undefined> {
    const exists = await this.send(new GetBranchCommand({ ...this.named, branchName: branch })).then(
      () => true,
      (error) => {
        if ((error as Error).cause instanceof BranchDoesNotExistException) return false;
        throw error;
      },
    );
    // A pull request cannot be asked for by its branch: those that are open are looked through, the newest first.
    if (!exists) return undefined;
    let nextToken: string | undefined;
    do {
      const page = await this.send(
        new ListPullRequestsCommand({ ...this.named, pullRequestStatus: 'OPEN', nextToken }),
      );
      for (const id of page.pullRequestIds ?? []) {
        const pull = await this.pull(id);
        if (targetOf(pull)?.sourceReference === `refs/heads/${branch}`) return this.pullOf(id);
      }
      nextToken = page.nextToken;
    } while (nextToken);
    return undefined;
  }

  async propose({ branch, title, body, operationId }: Proposal): Promise<SourceChange> {
    const { repository } = this.options;
    const { pullRequest } = await this.send(
      new CreatePullRequestCommand({
        title,
        description: body,
        targets: [{ repositoryName: repository, sourceReference: branch, destinationReference: this.branch }],
        // The same again answers the pull request that there is, whatever became of it.
        clientRequestToken: operationId,
      }),
    );
    return this.pullOf(pullRequest?.pullRequestId);
  }

  async state({ kind, id }: SourceChange): Promise<SourceChangeState> {
    if (kind === 'commit') return { status: 'merged', commit: id };
    const pull = await this.pull(id);
    const merge = targetOf(pull)?.mergeMetadata;
    if (merge?.isMerged) return { status: 'merged', commit: merge.mergeCommitId ?? (await this.headId()) };
    return { status: pull?.pullRequestStatus === 'CLOSED' ? 'closed' : 'open' };
  }

  private get named() {
    return { repositoryName: this.options.repository };
  }

  private async headId(): Promise<string> {
    const { branch } = await this.send(new GetBranchCommand({ ...this.named, branchName: this.branch }));
    return branch?.commitId ?? '';
  }

  private async pull(pullRequestId: string): Promise<PullRequest | undefined> {
    return (await this.send(new GetPullRequestCommand({ pullRequestId }))).pullRequest;
  }

  private commitOf(id = ''): SourceChange {
    return { kind: 'commit', id, url: this.page(`commit/${id}`) };
  }

  private pullOf(id = ''): SourceChange {
    return { kind: 'pull-request', id, url: this.page(`pull-requests/${id}/details`) };
  }

  private page(path: string): string {
    const { region, repository } = this.options;
    return `https://${region}.console.aws.amazon.com/codesuite/codecommit/repositories/${repository}/${path}?region=${region}`;
  }
}

const targetOf = (pull: PullRequest | undefined) => pull?.pullRequestTargets?.[0];

function explain(cause: unknown): never {
  if (cause instanceof ParentCommitIdOutdatedException || cause instanceof ConcurrentReferenceUpdateException)
    throw new StaleSourceError('of the manifest', { cause });
  const { name, message } = cause as Error;
  throw new SourceError(`codecommit refused: ${name}: ${message}`, {
    transient: PASSING.test(`${name} ${(cause as { code?: string }).code ?? ''}`),
    cause,
  });
}
