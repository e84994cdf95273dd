import { checkOut } from '../../git/checkout';
import type { ActionContext, ActionProvider, ActionResult } from '../action';
import { actionTitle } from '../action';
import { UnsupportedPipelineError } from '../errors';

export interface SourceOptions {
  /** The bare remote that `git push` goes to. */
  readonly remote: string;
  /** The folder that keeps a checkout between runs, with what its builds left in ignored files. */
  readonly workspace: string;
}

/**
 * The pushed commit as the pipeline's source, whatever service the template names: CodeCommit and connections
 * both hand over a checkout of one commit, and here all commits come from the local remote.
 */
export class SourceProvider implements ActionProvider {
  constructor(private readonly options: SourceOptions) {}

  async execute(context: ActionContext): Promise<ActionResult> {
    const { action, commit, configuration, log, artifacts, signal } = context;
    const [output, ...more] = action.outputs;
    if (!output || more.length > 0)
      throw new UnsupportedPipelineError(`${actionTitle(context)}: a source has exactly one output artifact`);
    const { subject, authoredAt, fresh } = await checkOut({ ...this.options, commit, signal });
    log.line(`${fresh ? 'checked out' : 'kept'} ${commit} (${subject}) in ${this.options.workspace}`);
    artifacts.adopt(output, this.options.workspace);
    return {
      summary: `${commit.slice(0, 8)} ${subject}`,
      // The union of what CodeCommit and CodeStarSourceConnection name: a template reads its service's own.
      variables: {
        AuthorDate: authoredAt,
        BranchName: configuration.BranchName ?? 'main',
        CommitId: commit,
        CommitMessage: subject,
        CommitterDate: authoredAt,
        FullRepositoryName: configuration.FullRepositoryId ?? configuration.RepositoryName ?? '',
        RepositoryName: configuration.RepositoryName ?? configuration.FullRepositoryId ?? '',
        ConnectionArn: configuration.ConnectionArn ?? '',
      },
    };
  }
}
