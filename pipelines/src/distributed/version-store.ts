import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { IPrincipal } from 'aws-cdk-lib/aws-iam';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { acknowledge } from '../stacks/acknowledge';

export interface ReadableBucketProps {
  readonly bucketName: string;
  /** Who reads objects of it, besides the account's own roles. */
  readonly readers: readonly IPrincipal[];
  /** Prefixes of the keys that the readers read. */
  readonly prefixes: readonly string[];
  /** Prefixes whose objects go after so many days. @default none */
  readonly expiring?: Readonly<Record<string, number>>;
}

/**
 * A bucket of the toolchain that other accounts read: with S3's own key, since a key of ours would need a policy
 * with each account too.
 */
export class ReadableBucket extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, props: ReadableBucketProps) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Bucket', {
      bucketName: props.bucketName,
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      versioned: true,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      lifecycleRules: [
        {
          abortIncompleteMultipartUploadAfter: Duration.days(1),
          noncurrentVersionExpiration: Duration.days(30),
        },
        ...Object.entries(props.expiring ?? {}).map(([prefix, days]) => ({
          prefix,
          expiration: Duration.days(days),
        })),
      ],
      // What runs anywhere was made from it.
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.bucket.addToResourcePolicy(
      new PolicyStatement({
        principals: [...props.readers],
        actions: ['s3:GetObject'],
        resources: props.prefixes.map((prefix) => this.bucket.arnForObjects(`${prefix}*`)),
      }),
    );
    acknowledge(
      this.bucket,
      'AwsSolutions-S1',
      'It holds templates and code that every deployment has; CloudTrail tells of those who change them.',
    );
  }
}
