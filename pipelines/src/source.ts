import type { Toolchain } from '@granary/manifest';
import { Repository } from 'aws-cdk-lib/aws-codecommit';
import { CodePipelineSource } from 'aws-cdk-lib/pipelines';
import type { Construct } from 'constructs';

/**
 * What starts a release: a push to the manifest's branch. A CodeCommit repository is named, not made: it holds
 * the history and outlives the pipeline.
 */
export function pipelineSource(scope: Construct, { source }: Toolchain): CodePipelineSource {
  switch (source.type) {
    case 'codecommit':
      return CodePipelineSource.codeCommit(
        Repository.fromRepositoryName(scope, 'Repository', source.repository),
        source.branch,
        { actionName: 'Push' },
      );
    case 'connection':
      return CodePipelineSource.connection(`${source.owner}/${source.repository}`, source.branch, {
        connectionArn: source.connectionArn,
        actionName: 'Push',
      });
  }
}
