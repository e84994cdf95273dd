import type { SourceChange, SourceChangeState } from './source-provider';

/** The manifest as a branch holds it. */
export interface ManifestText {
  readonly text: string;
  /** What a write must name, so that it meets this text: a blob's or a commit's id. */
  readonly revision: string;
}

export interface ManifestWrite extends ManifestText {
  readonly branch: string;
  readonly message: string;
}

export interface Proposal {
  /** The branch that holds the change. */
  readonly branch: string;
  readonly title: string;
  readonly body: string;
  readonly operationId: string;
}

/** One file on the branches of one repository, as every provider can give it. */
export interface ManifestRepository {
  /** The branch that releases. */
  readonly branch: string;
  read(branch: string): Promise<ManifestText>;
  /**
   * Writes the file as one commit.
   * @throws StaleSourceError when the branch does not hold `revision` any more
   */
  write(write: ManifestWrite): Promise<SourceChange>;
  /** The latest commit of the release branch. */
  head(): Promise<SourceChange>;
  /** Makes a branch at the release branch's head; fine when there is one of that name. */
  branchOff(branch: string): Promise<void>;
  /** The commit to the release branch's file whose message holds `mark`, among the last hundred. */
  findCommit(mark: string): Promise<SourceChange | undefined>;
  /** The pull request of this branch, in any state. */
  findProposal(branch: string): Promise<SourceChange | undefined>;
  propose(proposal: Proposal): Promise<SourceChange>;
  state(change: SourceChange): Promise<SourceChangeState>;
}
