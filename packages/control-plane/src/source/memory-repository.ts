import type { ManifestRepository, ManifestText, ManifestWrite, Proposal } from './manifest-repository';
import { StaleSourceError } from './source-error';
import type { SourceChange, SourceChangeState } from './source-provider';

interface MemoryCommit {
  readonly id: string;
  readonly text: string;
  readonly message: string;
}

/** A repository in memory, for tests: branches of commits, pull requests that a test merges or closes. */
export class MemoryRepository implements ManifestRepository {
  readonly branch = 'main';
  private readonly branches = new Map<string, MemoryCommit[]>();
  private readonly proposals: { branch: string; id: string; state: SourceChangeState }[] = [];
  private commits = 0;

  constructor(text: string) {
    this.branches.set(this.branch, [this.commitOf(text, 'Begin')]);
  }

  /** Commits of a branch, the oldest first. */
  log(branch = this.branch): readonly MemoryCommit[] {
    return this.branches.get(branch) ?? [];
  }

  /** Pull requests that wait for people, the oldest first. */
  get open(): readonly string[] {
    return this.proposals.filter(({ state }) => state.status === 'open').map(({ id }) => id);
  }

  /** What somebody else pushes. */
  push(text: string, message = 'A push'): void {
    this.commitsOn(this.branch).push(this.commitOf(text, message));
  }

  /** What people do with a pull request. */
  decide(id: string, decision: 'merge' | 'close'): void {
    const proposal = this.proposals.find((each) => each.id === id);
    if (!proposal) throw new RangeError(`there is no pull request ${id}`);
    if (decision === 'close') {
      proposal.state = { status: 'closed' };
      return;
    }
    const last = this.commitsOn(proposal.branch).at(-1) as MemoryCommit;
    this.push(last.text, `Merge ${proposal.branch}`);
    proposal.state = { status: 'merged', commit: this.headOf(this.branch).id };
  }

  async read(branch: string): Promise<ManifestText> {
    const { text, id } = this.headOf(branch);
    return { text, revision: id };
  }

  async write({ branch, text, revision, message }: ManifestWrite): Promise<SourceChange> {
    if (this.headOf(branch).id !== revision) throw new StaleSourceError(branch);
    const commit = this.commitOf(text, message);
    this.commitsOn(branch).push(commit);
    return changeOf(commit);
  }

  async head(): Promise<SourceChange> {
    return changeOf(this.headOf(this.branch));
  }

  async branchOff(branch: string): Promise<void> {
    if (!this.branches.has(branch)) this.branches.set(branch, [...this.commitsOn(this.branch)]);
  }

  async findCommit(mark: string): Promise<SourceChange | undefined> {
    const found = this.log().find(({ message }) => message.split('\n').includes(mark));
    return found && changeOf(found);
  }

  async findProposal(branch: string): Promise<SourceChange | undefined> {
    const found = this.proposals.find((each) => each.branch === branch);
    return found && proposalOf(found.id);
  }

  async propose({ branch }: Proposal): Promise<SourceChange> {
    const id = String(this.proposals.length + 1);
    this.proposals.push({ branch, id, state: { status: 'open' } });
    return proposalOf(id);
  }

  async state({ kind, id }: SourceChange): Promise<SourceChangeState> {
    if (kind === 'commit') return { status: 'merged', commit: id };
    return this.proposals.find((each) => each.id === id)?.state ?? { status: 'closed' };
  }

  private commitOf(text: string, message: string): MemoryCommit {
    this.commits += 1;
    return { id: this.commits.toString(16).padStart(40, '0'), text, message };
  }

  private commitsOn(branch: string): MemoryCommit[] {
    const commits = this.branches.get(branch);
    if (!commits) throw new RangeError(`there is no branch "${branch}"`);
    return commits;
  }

  private headOf(branch: string): MemoryCommit {
    return this.commitsOn(branch).at(-1) as MemoryCommit;
  }
}

const changeOf = ({ id }: MemoryCommit): SourceChange => ({
  kind: 'commit',
  id,
  url: `https://source.example.com/commit/${id}`,
});
const proposalOf = (id: string): SourceChange => ({
  kind: 'pull-request',
  id,
  url: `https://source.example.com/pull/${id}`,
});
