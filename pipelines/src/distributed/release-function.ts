import type { Manifest } from '@granary/manifest';
import { Stack } from 'aws-cdk-lib';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ReleaseRecords } from '../release/release-records';
import type { CanaryRelease } from '../stacks/canary-release';
import type { ServiceFunctionProps } from '../stacks/service-function';

/** What the functions of the release engine are made of. */
export interface ReleaseContext extends Pick<ServiceFunctionProps, 'code' | 'layers'> {
  readonly manifest: Manifest;
  readonly release: CanaryRelease;
  readonly records: ReleaseRecords;
  /** The versions bucket. */
  readonly versions: IBucket;
}

/** Environment of every function that works on the table and the bucket. */
export function releaseEnvironment({ records, versions }: ReleaseContext): Record<string, string> {
  return {
    RELEASE_TABLE_NAME: records.table.tableName,
    VERSIONS_BUCKET_NAME: versions.bucketName,
    PARTITION: Stack.of(records).partition,
  };
}
