import { Duration, Stack } from 'aws-cdk-lib';
import { Project } from 'aws-cdk-lib/aws-codebuild';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import type { CodePipeline } from 'aws-cdk-lib/pipelines';
import type { IConstruct } from 'constructs';
import { ARTIFACT_DAYS, type ArtifactStore } from './artifact-store';
import { acknowledge, logicalId } from './stacks/acknowledge';

/** Families of actions that the CDK's grants on buckets and keys name by their beginning. */
const GRANTED = [
  's3:Abort*',
  's3:DeleteObject*',
  's3:GetBucket*',
  's3:GetObject*',
  's3:List*',
  'kms:GenerateDataKey*',
  'kms:ReEncrypt*',
];

const PUBLISHER = 'The CDK makes the role that publishes assets before the project has a name.';

/** Bounds the artifacts that wait in other regions, as those of the pipeline's own. */
export function boundReplicas(pipeline: CodePipeline): void {
  for (const { replicationBucket } of Object.values(pipeline.pipeline.crossRegionSupport)) {
    if (!(replicationBucket instanceof Bucket)) continue;
    replicationBucket.addLifecycleRule({
      expiration: Duration.days(ARTIFACT_DAYS),
      abortIncompleteMultipartUploadAfter: Duration.days(1),
    });
    acknowledge(
      replicationBucket,
      'AwsSolutions-S1',
      'Copies of artifacts for one region, read by the pipeline alone; the originals are logged.',
    );
  }
}

export interface Explained {
  readonly artifacts: ArtifactStore;
  readonly pipeline: CodePipeline;
  /** What holds the steps' projects and roles. */
  readonly steps: IConstruct;
  /** Name of the state machine that the stages of waves run. */
  readonly waveMachine: string;
}

/** Says why the roles that the CDK makes for the pipeline are as wide as they are. Call it once all is built. */
export function explainPipeline({ artifacts, pipeline, steps, waveMachine }: Explained): void {
  const stack = Stack.of(pipeline);
  // Not on the stack: the stages are below it, and their roles have no such reason.
  for (const holder of [pipeline, steps]) {
    for (const action of GRANTED)
      explain(holder, `Action::${action}`, 'A grant of the CDK, on the artifact bucket and its key only.');
    explain(holder, `Resource::<${logicalId(artifacts.bucket)}.Arn>/*`, 'The artifacts of the release.');
    for (const project of holder.node.findAll().filter((each) => each instanceof Project))
      explainProject(holder, project);
  }
  for (const { replicationBucket } of Object.values(pipeline.pipeline.crossRegionSupport))
    explain(
      pipeline,
      `Resource::arn:aws:s3:::${stack.resolve(replicationBucket.bucketName)}/*`,
      'The artifacts of the release, in another region.',
    );
  explain(
    pipeline,
    'Resource::*',
    "Self-mutation asks for its stack and the bootstrap's bucket before it knows their names; the keys of other regions' artifacts are named by alias, which a policy cannot.",
  );
  explain(
    pipeline,
    `Resource::arn:aws:states:${stack.region}:${stack.account}:execution:${waveMachine}:*`,
    'The executions of this one machine, which the pipeline starts and waits for.',
  );
  const place = `${stack.region}:${stack.account}`;
  explain(pipeline, `Resource::arn:aws:logs:${place}:log-group:/aws/codebuild/*`, PUBLISHER);
  explain(pipeline, `Resource::arn:aws:codebuild:${place}:report-group/*`, PUBLISHER);
  explain(
    pipeline,
    `Resource::arn:*:iam::${stack.account}:role/*`,
    "Only roles with the bootstrap's tag, by the statement's condition.",
  );
}

function explainProject(holder: IConstruct, project: IConstruct): void {
  const { region, account } = Stack.of(project);
  const place = `${region}:${account}`;
  const id = logicalId(project);
  explain(
    holder,
    `Resource::arn:aws:logs:${place}:log-group:/aws/codebuild/<${id}>:*`,
    "The project's own logs.",
  );
  explain(
    holder,
    `Resource::arn:aws:codebuild:${place}:report-group/<${id}>-*`,
    "The project's own reports.",
  );
}

function explain(construct: IConstruct, finding: string, reason: string): void {
  acknowledge(construct, `AwsSolutions-IAM5[${finding}]`, reason);
}
