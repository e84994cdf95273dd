import type { Manifest } from '@granary/manifest';
import { Duration } from 'aws-cdk-lib';
import { BuildSpec, PipelineProject, type PipelineProjectProps } from 'aws-cdk-lib/aws-codebuild';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { codeBucketName, versionsBucketName } from '../names';
import { acknowledge } from '../stacks/acknowledge';
import { NODE, TOOLS } from '../tools';

export interface ReleasePublisherProps {
  readonly manifest: Manifest;
  /** What every build of the pipeline has in common. */
  readonly project: PipelineProjectProps;
  /** Asset manifests of templates, relative to the cloud assembly, whose assets go to every region. */
  readonly manifests: readonly string[];
  readonly codeRegions: readonly string[];
}

/** The build that uploads a release's plan, templates and code. It runs in the cloud assembly. */
export class ReleasePublisher extends Construct {
  readonly project: PipelineProject;

  constructor(scope: Construct, id: string, props: ReleasePublisherProps) {
    super(scope, id);
    const { application, toolchain } = props.manifest;
    const versions = versionsBucketName(application, toolchain);
    const buckets = props.codeRegions.map((region) =>
      codeBucketName(application, { account: toolchain.account, region }),
    );
    const assets = props.codeRegions.flatMap((region) =>
      props.manifests.map((file) => `AWS_REGION=${region} cdk-assets --path "${file}" publish`),
    );
    this.project = new PipelineProject(this, 'Project', {
      ...props.project,
      timeout: Duration.minutes(30),
      environmentVariables: {
        VERSIONS_BUCKET_NAME: { value: versions },
        VERSIONS_BUCKET_REGION: { value: toolchain.region },
      },
      buildSpec: BuildSpec.fromObject({
        version: '0.2',
        phases: {
          install: {
            'runtime-versions': { nodejs: NODE },
            ...(assets.length > 0 ? { commands: [`npm install -g cdk-assets@${TOOLS.cdkAssets}`] } : {}),
          },
          // The plan comes last: what it names is there.
          build: { commands: [...assets, 'node release/publish-release.js'] },
        },
      }),
    });
    this.allow(['s3:PutObject'], [`${arn(versions)}/plans/*`, `${arn(versions)}/templates/*`]);
    if (buckets.length === 0) return;
    this.allow(
      ['s3:GetBucketLocation', 's3:GetEncryptionConfiguration', 's3:ListBucket'],
      buckets.map((name) => arn(name)),
    );
    this.allow(
      ['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject'],
      buckets.map((name) => `${arn(name)}/*`),
    );
  }

  private allow(actions: string[], resources: string[]): void {
    this.project.addToRolePolicy(new PolicyStatement({ actions, resources }));
    for (const resource of resources.filter((each) => each.endsWith('*')))
      acknowledge(
        this.project,
        `AwsSolutions-IAM5[Resource::${resource}]`,
        'Plans are named by their commit, templates and code by their digest.',
      );
  }
}

function arn(bucketName: string): string {
  return `arn:aws:s3:::${bucketName}`;
}
