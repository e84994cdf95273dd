import * as z from 'zod';
import type { GithubCalls } from './github-calls';
import type { ManifestRepository, ManifestText, ManifestWrite, Proposal } from './manifest-repository';
import { SourceError, StaleSourceError } from './source-error';
import type { SourceChange, SourceChangeState } from './source-provider';

const FILE = 'tenants.json';

const contentSchema = z.object({ sha: z.string(), content: z.string(), encoding: z.string() });
const commitSchema = z.object({ sha: z.string(), html_url: z.string() });
const logSchema = z.array(commitSchema.extend({ commit: z.object({ message: z.string() }) }));
const writtenSchema = z.object({ commit: commitSchema });
const refSchema = z.object({ object: z.object({ sha: z.string() }) });
const pullSchema = z.object({ number: z.number().int(), html_url: z.string() });
const pullStateSchema = z.object({
  state: z.enum(['open', 'closed']),
  merged: z.boolean(),
  merge_commit_sha: z.string().nullable(),
});

export interface GithubRepositoryOptions {
  readonly calls: GithubCalls;
  /** Organization, user or group path. */
  readonly owner: string;
  readonly repository: string;
  readonly branch: string;
}

/** The manifest in a repository at GitHub, GitHub Enterprise, or any server that answers the same calls. */
export class GithubRepository implements ManifestRepository {
  readonly branch: string;
  private readonly calls: GithubCalls;
  private readonly root: string;

  constructor(private readonly options: GithubRepositoryOptions) {
    this.branch = options.branch;
    this.calls = options.calls;
    this.root = `/repos/${encodeURIComponent(options.owner)}/${encodeURIComponent(options.repository)}`;
  }

  async read(branch: string): Promise<ManifestText> {
    const place = `${this.root}/contents/${FILE}?ref=${encodeURIComponent(branch)}`;
    const { sha, ...file } = await this.calls.get(place, contentSchema);
    // A file beyond a megabyte comes without its content; a blob may have a hundred.
    const { content, encoding } =
      file.encoding === 'base64'
        ? file
        : await this.calls.get(`${this.root}/git/blobs/${sha}`, contentSchema);
    if (encoding !== 'base64')
      throw new SourceError(`${FILE} of "${this.options.repository}" came as "${encoding}", not as base64`, {
        transient: false,
      });
    return { text: Buffer.from(content, 'base64').toString('utf8'), revision: sha };
  }

  async write({ branch, text, revision, message }: ManifestWrite): Promise<SourceChange> {
    const answer = await this.calls.send('PUT', `${this.root}/contents/${FILE}`, {
      branch,
      message,
      sha: revision,
      content: Buffer.from(text).toString('base64'),
    });
    // 409: the blob is another one now, or the branch moved meanwhile.
    if (answer.status === 409) throw new StaleSourceError(branch);
    return commitOf(answer.parse(writtenSchema).commit);
  }

  async head(): Promise<SourceChange> {
    const [latest] = await this.log(1);
    if (latest) return commitOf(latest);
    throw new SourceError(`branch "${this.branch}" has no commit to ${FILE}; push one`, { transient: false });
  }

  async branchOff(branch: string): Promise<void> {
    const head = await this.calls.get(
      `${this.root}/git/ref/heads/${encodeURIComponent(this.branch)}`,
      refSchema,
    );
    const answer = await this.calls.send('POST', `${this.root}/git/refs`, {
      ref: `refs/heads/${branch}`,
      sha: head.object.sha,
    });
    if (answer.status === 422 && answer.says('already exists')) return;
    answer.parse(z.object({}));
  }

  async findCommit(mark: string): Promise<SourceChange | undefined> {
    const found = (await this.log(100)).find(({ commit }) => commit.message.split('\n').includes(mark));
    return found && commitOf(found);
  }

  async findProposal(branch: string): Promise<SourceChange | undefined> {
    const head = encodeURIComponent(`${this.options.owner}:${branch}`);
    const [found] = await this.calls.get(
      `${this.root}/pulls?state=all&head=${head}&base=${encodeURIComponent(this.branch)}`,
      z.array(pullSchema),
    );
    return found && pullOf(found);
  }

  async propose({ branch, title, body }: Proposal): Promise<SourceChange> {
    const request = { head: branch, base: this.branch, title, body };
    const answer = await this.calls.send('POST', `${this.root}/pulls`, request);
    const known = answer.status === 422 ? await this.findProposal(branch) : undefined;
    return known ?? pullOf(answer.parse(pullSchema));
  }

  async state({ kind, id }: SourceChange): Promise<SourceChangeState> {
    if (kind === 'commit') return { status: 'merged', commit: id };
    const { state, merged, merge_commit_sha } = await this.calls.get(
      `${this.root}/pulls/${encodeURIComponent(id)}`,
      pullStateSchema,
    );
    if (merged && merge_commit_sha) return { status: 'merged', commit: merge_commit_sha };
    return { status: state };
  }

  private log(count: number): Promise<z.output<typeof logSchema>> {
    const query = `sha=${encodeURIComponent(this.branch)}&path=${FILE}&per_page=${count}`;
    return this.calls.get(`${this.root}/commits?${query}`, logSchema);
  }
}

function commitOf({ sha, html_url: url }: z.output<typeof commitSchema>): SourceChange {
  return { kind: 'commit', id: sha, url };
}

function pullOf({ number, html_url: url }: z.output<typeof pullSchema>): SourceChange {
  return { kind: 'pull-request', id: String(number), url };
}
