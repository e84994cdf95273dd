import { SITES } from '@granary/hosting';
import type { Manifest } from '@granary/manifest';
import { Aws, Duration, NestedStack, RemovalPolicy } from 'aws-cdk-lib';
import { KeyValueStore } from 'aws-cdk-lib/aws-cloudfront';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import type { Construct } from 'constructs';
import { acknowledge } from '../acknowledge';
import type { ServiceFunctionProps } from '../service-function';
import { PlaneSite } from './plane-site';
import { SitePublisher } from './site-publisher';
import { TenantRouting } from './tenant-routing';

export interface SitesProps {
  readonly manifest: Manifest;
  /** Folder of the pages' build. */
  readonly pages: string;
  /** The control plane's API, with a slash at the end. */
  readonly controlUrl: string;
  /** The operators'. */
  readonly userPoolId: string;
  readonly userPoolClientId: string;
  readonly bus: IEventBus;
  /** The control table. */
  readonly table: Table;
  readonly shared: Pick<ServiceFunctionProps, 'code' | 'layers'>;
}

const LOGS_KEPT = Duration.days(90);

/** The sites of both planes, beside the control plane: the one place that knows where every tenant is. */
export class Sites extends NestedStack {
  readonly control: PlaneSite;
  readonly application: PlaneSite;
  /** Where each active tenant is, by its name, for the function at the edge. */
  readonly tenants: KeyValueStore;

  constructor(scope: Construct, id: string, props: SitesProps) {
    super(scope, id, { description: 'Granary: the pages of both planes' });
    const logs = this.logBucket();
    this.tenants = new KeyValueStore(this, 'Tenants', { comment: 'Granary: where each tenant is' });
    const { controlUrl, manifest } = props;
    const { control, application } = manifest.controlPlane.sites ?? {};
    const shared = { controlUrl, logs };
    this.control = new PlaneSite(this, 'Control', {
      ...shared,
      site: SITES.control,
      address: control,
      connect: originsOf([manifest.controlPlane.region], controlUrl),
    });
    this.application = new PlaneSite(this, 'Application', {
      ...shared,
      site: SITES.application,
      address: application,
      // Each tenant's users have a host, and with it an origin, of their own.
      ...(application ? { hosts: [application.name, `*.${application.name}`] } : {}),
      connect: originsOf(
        manifest.cells.map(({ region }) => region),
        controlUrl,
        'deployments',
      ),
      tenants: this.tenants,
    });
    const { bus, table } = props;
    new TenantRouting(this, 'Routing', { bus, table, store: this.tenants, shared: props.shared });
    this.publish(props);
  }

  private publish({ manifest, pages, shared, controlUrl, ...operators }: SitesProps): void {
    const { userPoolId, userPoolClientId } = operators;
    const build = new Asset(this, 'Build', { path: pages });
    const publisher = new SitePublisher(this, 'Publisher', { build, shared });
    const { application } = manifest.controlPlane.sites ?? {};
    const tenantApplicationUrl = application
      ? `https://{tenant}.${application.name}/`
      : `${this.application.origin}/`;
    const settings = { application: manifest.application, controlApiUrl: controlUrl, tenantApplicationUrl };
    publisher.publish(
      'ControlPages',
      this.control.bucket,
      SITES.control.entries.map(({ page }) => page),
      this.toJsonString({
        ...settings,
        operators: { region: Aws.REGION, userPoolId, clientId: userPoolClientId },
        signUpUrl: `${this.application.origin}/sign-up`,
      }),
    );
    publisher.publish(
      'ApplicationPages',
      this.application.bucket,
      SITES.application.entries.map(({ page }) => page),
      // Where a tenant is, this site's own edge knows, whatever name it was asked by.
      this.toJsonString({ ...settings, tenantRoutingUrl: '/' }),
    );
  }

  /** Who asked for what, of both sites and their buckets. */
  private logBucket(): Bucket {
    const bucket = new Bucket(this, 'Logs', {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      // CloudFront's log delivery writes by an access control list.
      objectOwnership: ObjectOwnership.BUCKET_OWNER_PREFERRED,
      enforceSSL: true,
      removalPolicy: RemovalPolicy.RETAIN,
      lifecycleRules: [{ expiration: LOGS_KEPT }],
    });
    acknowledge(bucket, 'AwsSolutions-S1', 'It holds the logs: one of its own would log the logging.');
    return bucket;
  }
}

/**
 * Origins that a site's pages call. Deployments come with tenants, and a policy cannot list them: it names API Gateway
 * and Cognito in their regions.
 */
function originsOf(regions: readonly string[], controlUrl: string, reach?: 'deployments'): string[] {
  const all = [...new Set(regions)].sort();
  return [
    // A policy's source is an origin or a path; the API's URL is a path of its own.
    controlUrl,
    ...all.map((region) => `https://cognito-idp.${region}.${Aws.URL_SUFFIX}`),
    ...(reach ? all.map((region) => `https://*.execute-api.${region}.${Aws.URL_SUFFIX}`) : []),
  ];
}
