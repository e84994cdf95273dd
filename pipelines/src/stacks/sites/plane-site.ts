import {
  contentSecurityPolicy,
  edgeCode,
  HSTS_SECONDS,
  PERMISSIONS_POLICY,
  type Site,
} from '@granary/hosting';
import type { SiteAddress } from '@granary/manifest';
import { Annotations, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AccessLevel,
  AllowedMethods,
  CachePolicy,
  Distribution,
  Function as EdgeFunction,
  FunctionCode as EdgeFunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  HttpVersion,
  type KeyValueStore,
  PriceClass,
  ResponseHeadersPolicy,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { AaaaRecord, ARecord, HostedZone, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { CloudFrontTarget } from 'aws-cdk-lib/aws-route53-targets';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledge';

export interface PlaneSiteProps {
  readonly site: Site;
  /** Origins that the pages call. */
  readonly connect: readonly string[];
  /** The control plane's API, with a slash at the end. */
  readonly controlUrl: string;
  /** What the site's function may read. @default nothing */
  readonly tenants?: KeyValueStore;
  readonly logs: Bucket;
  /** A name of your own. @default the one that CloudFront gives */
  readonly address?: SiteAddress | undefined;
  /** Names that the site answers, with an address of your own. @default its name */
  readonly hosts?: readonly string[];
}

/** How long a file that was replaced or removed can be brought back. */
const OLD_VERSIONS = Duration.days(30);

/** One plane's pages: a private bucket, and the distribution that alone reads it. */
export class PlaneSite extends Construct {
  readonly bucket: Bucket;
  readonly distribution: Distribution;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: PlaneSiteProps,
  ) {
    super(scope, id);
    const { site, logs, address } = props;
    this.bucket = new Bucket(this, 'Bucket', {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      versioned: true,
      removalPolicy: RemovalPolicy.RETAIN,
      lifecycleRules: [{ noncurrentVersionExpiration: OLD_VERSIONS }],
      serverAccessLogsBucket: logs,
      serverAccessLogsPrefix: `bucket-${site.name}/`,
    });
    this.distribution = new Distribution(this, 'Distribution', {
      comment: `Granary: ${site.title}`,
      ...(address
        ? {
            domainNames: [...this.hosts(address)],
            certificate: Certificate.fromCertificateArn(this, 'Certificate', address.certificateArn),
          }
        : {}),
      // The function answers the root before this does: without it, the right to list would be a listing.
      defaultRootObject: site.entries[0].page,
      defaultBehavior: {
        // With the right to list, what is not there is a 404; without, S3 answers 403.
        origin: S3BucketOrigin.withOriginAccessControl(this.bucket, {
          originAccessLevels: [AccessLevel.READ, AccessLevel.LIST],
        }),
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
        // Pages say `no-cache`: the policy keeps them for a second, so a release needs no invalidation.
        cachePolicy: CachePolicy.CACHING_OPTIMIZED,
        responseHeadersPolicy: this.headers(),
        compress: true,
        functionAssociations: [{ function: this.router(), eventType: FunctionEventType.VIEWER_REQUEST }],
      },
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: PriceClass.PRICE_CLASS_100,
      enableLogging: true,
      logBucket: logs,
      logFilePrefix: `site-${site.name}/`,
    });
    if (address?.hostedZoneId) this.record(address, address.hostedZoneId);
    this.explain();
  }

  /** Without a slash at the end. */
  get origin(): string {
    return `https://${this.props.address?.name ?? this.distribution.distributionDomainName}`;
  }

  private hosts({ name }: SiteAddress): readonly string[] {
    return this.props.hosts ?? [name];
  }

  /** Makes the site's names lead to it. */
  private record(address: SiteAddress, hostedZoneId: string): void {
    const zone = HostedZone.fromHostedZoneAttributes(this, 'Zone', { hostedZoneId, zoneName: address.name });
    const target = RecordTarget.fromAlias(new CloudFrontTarget(this.distribution));
    for (const host of this.hosts(address)) {
      const id = host.startsWith('*') ? 'Below' : '';
      // With a dot at the end it is the whole name: the zone may be that of a parent.
      const record = { zone, target, recordName: `${host}.` };
      new ARecord(this, `Ipv4${id}`, record);
      new AaaaRecord(this, `Ipv6${id}`, record);
    }
  }

  private headers(): ResponseHeadersPolicy {
    const { site, connect } = this.props;
    return new ResponseHeadersPolicy(this, 'Headers', {
      comment: `Granary: security headers of the ${site.title}`,
      securityHeadersBehavior: {
        contentSecurityPolicy: {
          contentSecurityPolicy: contentSecurityPolicy({ connect }),
          override: true,
        },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
        referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
        strictTransportSecurity: {
          accessControlMaxAge: Duration.seconds(HSTS_SECONDS),
          includeSubdomains: true,
          override: true,
        },
      },
      customHeadersBehavior: {
        customHeaders: [
          { header: 'permissions-policy', value: PERMISSIONS_POLICY, override: true },
          { header: 'cross-origin-opener-policy', value: 'same-origin', override: true },
          { header: 'cross-origin-resource-policy', value: 'same-origin', override: true },
        ],
      },
    });
  }

  private router(): EdgeFunction {
    const { site, controlUrl, tenants } = this.props;
    return new EdgeFunction(this, 'Router', {
      comment: `Granary: sends paths of the ${site.title} to what answers them`,
      runtime: FunctionRuntime.JS_2_0,
      code: EdgeFunctionCode.fromInline(edgeCode(site.name, controlUrl)),
      ...(tenants ? { keyValueStore: tenants } : {}),
    });
  }

  private explain(): void {
    Annotations.of(this).acknowledgeWarning(
      '@aws-cdk/aws-cloudfront-origins:listBucketSecurityRisk',
      'The site’s function gives every path a file, the root above all: no request reaches the bucket itself.',
    );
    acknowledge(
      this.distribution,
      'AwsSolutions-CFR1',
      'Where customers are is for who runs this to say; without a list, the pages are for everybody.',
    );
    acknowledge(
      this.distribution,
      'AwsSolutions-CFR2',
      'The site serves files and holds no data: a web ACL costs a monthly fee and would guard nothing. The APIs have their own bounds.',
    );
    if (!this.props.address)
      acknowledge(
        this.distribution,
        'AwsSolutions-CFR4',
        'With the name that CloudFront gives, CloudFront sets the protocol. With a certificate of your own it is TLS 1.2 at least.',
      );
  }
}
