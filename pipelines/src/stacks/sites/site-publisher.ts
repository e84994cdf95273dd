import { CustomResource, Duration } from 'aws-cdk-lib';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledge';
import { ServiceFunction, type ServiceFunctionProps } from '../service-function';

export interface SitePublisherProps {
  /** The pages' build. */
  readonly build: Asset;
  readonly shared: Pick<ServiceFunctionProps, 'code' | 'layers'>;
}

/** Puts the build into the sites' buckets, as a part of the stack's update: what it brings back, the pages follow. */
export class SitePublisher extends Construct {
  private readonly service: ServiceFunction;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: SitePublisherProps,
  ) {
    super(scope, id);
    const { build, shared } = props;
    this.service = new ServiceFunction(this, 'Service', {
      ...shared,
      entry: 'site-publisher',
      description: 'Puts the pages where CloudFront finds them',
      environment: {},
      memorySize: 1024,
      timeout: Duration.minutes(3),
    });
    this.service.allow(['s3:GetObject'], [build.bucket.arnForObjects(build.s3ObjectKey)]);
  }

  /**
   * @param config the deployment's settings: JSON, with tokens
   * @returns the resource, for what must come after
   */
  publish(id: string, bucket: Bucket, pages: readonly string[], config: string): CustomResource {
    this.service.allow(['s3:PutObject', 's3:DeleteObject'], [bucket.arnForObjects('*')]);
    this.service.allow(['s3:ListBucket'], [bucket.bucketArn]);
    acknowledge(
      this.service.role,
      `AwsSolutions-IAM5[Resource::<${bucket.stack.getLogicalId(bucket.node.defaultChild as never)}.Arn>/*]`,
      'It writes whatever files the build holds, into the site’s own bucket.',
    );
    const { build } = this.props;
    const published = new CustomResource(this, id, {
      resourceType: 'Custom::GranarySite',
      serviceToken: this.service.alias.functionArn,
      properties: {
        Build: { bucket: build.s3BucketName, key: build.s3ObjectKey },
        Site: bucket.bucketName,
        Pages: [...pages],
        Config: config,
      },
    });
    // Its rights are a resource of their own, that nothing else waits for.
    published.node.addDependency(this.service, bucket);
    return published;
  }
}
