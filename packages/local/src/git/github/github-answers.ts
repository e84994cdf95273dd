import * as z from 'zod';
import { type BareRepository, StaleError } from './bare-repository';
import type { Pull, PullRequests } from './pull-requests';

export interface CallAnswer {
  readonly status: number;
  readonly body: unknown;
}

export interface CallRequest {
  readonly method: string;
  /** Behind `/repos/<owner>/<repository>`. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
}

export interface GithubCallsOptions {
  readonly repository: BareRepository;
  readonly pulls: PullRequests;
  /** Where people would look: the start of `html_url`. */
  readonly pages: string;
  /** A branch has a new commit. */
  readonly onCommit: (branch: string, commit: string) => Promise<void>;
}

const branchName = z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9._/-]{0,150}$/);
const putSchema = z.object({
  message: z.string().min(1).max(4096),
  content: z.base64(),
  sha: z.string().optional(),
  branch: branchName,
});
const refSchema = z.object({
  ref: z.string().regex(/^refs\/heads\/[A-Za-z0-9_][A-Za-z0-9._/-]{0,150}$/),
  sha: z.string().regex(/^[0-9a-f]{40}$/),
});
const pullSchema = z.object({
  title: z.string().min(1).max(256),
  body: z.string().max(65_536).default(''),
  head: branchName,
  base: branchName,
});
const closeSchema = z.object({ state: z.literal('closed') });

/** The calls of GitHub's REST API by which files are changed and changes proposed, answered from a bare repository. */
export class GithubAnswers {
  constructor(private readonly options: GithubCallsOptions) {}

  async answer({ method, path, query, body }: CallRequest): Promise<CallAnswer> {
    const [, kind = '', ...rest] = path.split('/').map(decodeURIComponent);
    const name = rest.join('/');
    switch (`${method} ${kind}`) {
      case 'GET contents':
        return this.read(name, query.get('ref') ?? 'HEAD');
      case 'PUT contents':
        return this.write(name, putSchema.parse(body));
      case 'GET commits':
        return this.log(query);
      case 'GET git':
        return rest[0] === 'blobs' ? this.blob(rest[1] ?? '') : this.ref(name.replace(/^ref\/heads\//, ''));
      case 'POST git':
        return this.makeRef(refSchema.parse(body));
      case 'GET pulls':
        return name === '' ? this.listPulls(query) : this.withPull(name, (pull) => this.shown(pull));
      case 'POST pulls':
        return this.openPull(pullSchema.parse(body));
      case 'PATCH pulls':
        closeSchema.parse(body);
        return this.withPull(name, (pull) => this.close(pull));
      case 'PUT pulls':
        return this.withPull(rest[0] ?? '', (pull) => this.merge(pull));
      default:
        return missing();
    }
  }

  private async read(path: string, ref: string): Promise<CallAnswer> {
    const { repository } = this.options;
    const commit = await this.commitOf(ref);
    const blob = commit && (await repository.blobOf(commit, path));
    if (!blob) return missing();
    return this.blob(blob);
  }

  private async blob(sha: string): Promise<CallAnswer> {
    if (!/^[0-9a-f]{40}$/.test(sha)) return missing();
    return ok({
      sha,
      encoding: 'base64',
      content: (await this.options.repository.content(sha)).toString('base64'),
    });
  }

  private async write(path: string, put: z.output<typeof putSchema>): Promise<CallAnswer> {
    const { repository, onCommit } = this.options;
    const head = await this.commitOf(put.branch);
    if (!head) return missing();
    const known = await repository.blobOf(head, path);
    if (known !== put.sha)
      return { status: 409, body: { message: `${path} does not match ${put.sha ?? 'nothing'}` } };
    const content = Buffer.from(put.content, 'base64');
    const commit = await repository.commitFile(head, path, content, put.message);
    await repository.move(put.branch, head, commit);
    await onCommit(put.branch, commit);
    return ok({ content: { path }, commit: this.commit(commit) });
  }

  private async log(query: URLSearchParams): Promise<CallAnswer> {
    const { repository } = this.options;
    const head = await this.commitOf(query.get('sha') ?? 'HEAD');
    if (!head) return missing();
    const count = Math.min(100, Math.max(1, Number(query.get('per_page') ?? 30) || 30));
    const commits = await repository.log(head, query.get('path') ?? '.', count);
    return ok(commits.map(({ sha, message }) => ({ ...this.commit(sha), commit: { message } })));
  }

  private async ref(branch: string): Promise<CallAnswer> {
    const sha = await this.commitOf(branch);
    return sha ? ok({ ref: `refs/heads/${branch}`, object: { type: 'commit', sha } }) : missing();
  }

  private async makeRef({ ref, sha }: z.output<typeof refSchema>): Promise<CallAnswer> {
    const { repository } = this.options;
    if (!(await repository.resolve(sha))) return { status: 422, body: { message: 'Object does not exist' } };
    try {
      await repository.move(ref.replace('refs/heads/', ''), undefined, sha);
    } catch (error) {
      if (!(error instanceof StaleError)) throw error;
      return { status: 422, body: { message: 'Reference already exists' } };
    }
    return { status: 201, body: { ref, object: { type: 'commit', sha } } };
  }

  private async listPulls(query: URLSearchParams): Promise<CallAnswer> {
    const head = query.get('head')?.replace(/^[^:]*:/, '');
    const [state, base] = [query.get('state') ?? 'open', query.get('base')];
    const fits = (pull: Pull) =>
      (head === undefined || pull.head === head) &&
      (base === null || pull.base === base) &&
      (state === 'all' || pull.state === state);
    const pulls = await Promise.all((await this.options.pulls.all()).map((pull) => this.current(pull)));
    return ok(pulls.filter(fits).map((pull) => this.pull(pull)));
  }

  private async openPull(request: z.output<typeof pullSchema>): Promise<CallAnswer> {
    const { pulls } = this.options;
    const [head, base] = [await this.commitOf(request.head), await this.commitOf(request.base)];
    const open = (await pulls.all()).some(
      (pull) => pull.state === 'open' && pull.head === request.head && pull.base === request.base,
    );
    if (!head || !base || open)
      return { status: 422, body: { message: open ? 'A pull request already exists' : 'Validation Failed' } };
    return { status: 201, body: this.pull(await pulls.open(request)) };
  }

  private async close(pull: Pull): Promise<CallAnswer> {
    if (pull.state === 'open') await this.options.pulls.change(pull.number, { state: 'closed' });
    return this.shown({ ...pull, state: 'closed' });
  }

  private async merge(pull: Pull): Promise<CallAnswer> {
    const { repository, pulls, onCommit } = this.options;
    if (pull.state !== 'open') return { status: 405, body: { message: 'Pull Request is not mergeable' } };
    const [head, base] = [await this.commitOf(pull.head), await this.commitOf(pull.base)];
    if (!head || !base) return missing();
    const message = `Merge pull request #${pull.number}: ${pull.title}`;
    const commit = await repository.merge(base, head, message);
    await repository.move(pull.base, base, commit);
    await pulls.change(pull.number, { state: 'closed', mergeCommit: commit });
    await onCommit(pull.base, commit);
    return ok({ merged: true, sha: commit });
  }

  private async withPull(number: string, act: (pull: Pull) => Promise<CallAnswer>): Promise<CallAnswer> {
    const pull = (await this.options.pulls.all()).find((each) => String(each.number) === number);
    return pull ? act(await this.current(pull)) : missing();
  }

  /** A push may have merged it, as it does at GitHub. */
  private async current(pull: Pull): Promise<Pull> {
    const { repository, pulls } = this.options;
    if (pull.state !== 'open') return pull;
    const [head, base] = [await this.commitOf(pull.head), await this.commitOf(pull.base)];
    if (!head || !base || !(await repository.contains(base, head))) return pull;
    await pulls.change(pull.number, { state: 'closed', mergeCommit: base });
    return { ...pull, state: 'closed', mergeCommit: base };
  }

  private async shown(pull: Pull): Promise<CallAnswer> {
    return ok(this.pull(pull));
  }

  private commitOf(branch: string): Promise<string | undefined> {
    return this.options.repository.resolve(branch === 'HEAD' ? branch : `refs/heads/${branch}`);
  }

  private commit(sha: string) {
    return { sha, html_url: `${this.options.pages}/commit/${sha}` };
  }

  private pull({ number, title, body, head, base, state, mergeCommit }: Pull) {
    return {
      number,
      title,
      body,
      state,
      head: { ref: head },
      base: { ref: base },
      html_url: `${this.options.pages}/pull/${number}`,
      merged: mergeCommit !== undefined,
      merged_at: null,
      merge_commit_sha: mergeCommit ?? null,
    };
  }
}

const ok = (body: unknown): CallAnswer => ({ status: 200, body });
const missing = (): CallAnswer => ({ status: 404, body: { message: 'Not Found' } });
