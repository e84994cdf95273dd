import type { Manifest } from '@granary/manifest';
import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { codeBucketName } from '../names';
import { cellReaders } from './cell-readers';
import { ReadableBucket } from './version-store';

export interface CodeStackProps extends StackProps {
  readonly manifest: Manifest;
}

/** Where functions of one region get their code from: Lambda reads it from a bucket in its own region only. */
export class CodeStack extends Stack {
  constructor(scope: Construct, id: string, { manifest, ...props }: CodeStackProps) {
    super(scope, id, props);
    new ReadableBucket(this, 'Code', {
      bucketName: codeBucketName(manifest.application, {
        account: manifest.toolchain.account,
        region: this.region,
      }),
      readers: cellReaders(manifest),
      prefixes: [''],
    });
  }
}
