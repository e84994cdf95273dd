import { isControlPlaneDetailType } from '@granary/api';
import { SITES } from '@granary/hosting';
import type { Template } from 'aws-cdk-lib/assertions';
import { statementsOf } from '../../testing/policy';
import { controlPlaneTemplate, type Resource, resources, sampleManifest } from '../../testing/sample';

let template: Template;
beforeAll(() => {
  template = controlPlaneTemplate();
});

const all = (type: string) => Object.entries(resources(template, type));
const text = (value: unknown) => JSON.stringify(value);
/** Of each site: its distribution's configuration. */
const distributions = () =>
  all('AWS::CloudFront::Distribution').map(([, { Properties }]) => Properties.DistributionConfig);
const siteBuckets = (): [string, Resource][] =>
  all('AWS::S3::Bucket').filter(([id]) => /^(Control|Application)Bucket/.test(id));

test('each plane has a site of its own, which answers by https and keeps a log', () => {
  expect(distributions().map(({ Comment }) => Comment)).toEqual(
    Object.values(SITES).map(({ title }) => `Granary: ${title}`),
  );
  for (const distribution of distributions()) {
    expect(distribution.DefaultCacheBehavior).toMatchObject({
      ViewerProtocolPolicy: 'redirect-to-https',
      AllowedMethods: ['GET', 'HEAD'],
      FunctionAssociations: [{ EventType: 'viewer-request' }],
    });
    expect(distribution.Logging.Prefix).toMatch(/^site-/);
  }
});

test('the buckets of the sites are private, encrypted, versioned, and refuse what is not https', () => {
  expect(siteBuckets()).toHaveLength(2);
  for (const [id, bucket] of siteBuckets()) {
    expect(bucket).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    expect(bucket.Properties).toMatchObject({
      BucketEncryption: expect.anything(),
      VersioningConfiguration: { Status: 'Enabled' },
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true },
      LoggingConfiguration: { LogFilePrefix: expect.stringMatching(/^bucket-/) },
    });
    const policy = all('AWS::S3::BucketPolicy').find(([, { Properties }]) => Properties.Bucket.Ref === id);
    const statements: Record<string, unknown>[] = policy?.[1].Properties.PolicyDocument.Statement;
    expect(statements).toContainEqual(
      expect.objectContaining({
        Effect: 'Deny',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    );
    // CloudFront alone, and of it the one distribution.
    for (const allowed of statements.filter(({ Effect }) => Effect === 'Allow')) {
      expect(allowed.Principal).toEqual({ Service: 'cloudfront.amazonaws.com' });
      expect(text(allowed.Condition)).toContain('AWS:SourceArn');
    }
  }
});

test('pages may run their own scripts and call the platform, and nothing else', () => {
  const policies = all('AWS::CloudFront::ResponseHeadersPolicy').map(
    ([, { Properties }]) => Properties.ResponseHeadersPolicyConfig,
  );
  expect(policies).toHaveLength(2);
  for (const { SecurityHeadersConfig, CustomHeadersConfig } of policies) {
    const csp = text(SecurityHeadersConfig.ContentSecurityPolicy);
    expect(csp).toContain("default-src 'none'; script-src 'self';");
    expect(csp).toContain("frame-ancestors 'none'");
    expect(csp).not.toContain('unsafe');
    expect(SecurityHeadersConfig).toMatchObject({
      ContentTypeOptions: { Override: true },
      FrameOptions: { FrameOption: 'DENY' },
      ReferrerPolicy: { ReferrerPolicy: 'no-referrer' },
      StrictTransportSecurity: { IncludeSubdomains: true },
    });
    expect(text(CustomHeadersConfig)).toContain('permissions-policy');
  }
  const [control, application] = policies.map(text);
  // Operators' pages reach no deployment; tenants' pages reach those of every cell's region.
  expect(control).not.toContain('*.execute-api');
  for (const region of ['us-east-1', 'eu-west-1']) {
    expect(application).toContain(`https://*.execute-api.${region}.`);
    expect(application).toContain(`https://cognito-idp.${region}.`);
  }
});

test('a site gets its own pages, and settings that hold no secret', () => {
  const published = all('Custom::GranarySite').map(([, { Properties }]) => Properties);
  expect(published.map(({ Pages }) => Pages)).toEqual([['operator.html'], ['tenant.html', 'sign-up.html']]);
  expect(text(published[0]?.Config)).toContain('operators');
  expect(text(published[1]?.Config)).not.toContain('operators');
  expect(text(published.map(({ Config }) => Config))).not.toMatch(/secret|password|roleArn/i);
});

test('what publishes may read this build and write the sites’ buckets, nothing else', () => {
  const statements = statementsOf(template, 'Publisher');
  const actions = statements
    .flatMap((statement) => statement.actions)
    .filter((each) => each.startsWith('s3:'));
  expect([...new Set(actions)].sort()).toEqual([
    's3:DeleteObject',
    's3:GetObject',
    's3:ListBucket',
    's3:PutObject',
  ]);
  const read = statements.find((statement) => statement.actions.includes('s3:GetObject'));
  expect(text(read?.resources)).toMatch(/[0-9a-f]{64}\.zip/);
});

test('only the tenants’ site knows where tenants are', () => {
  const functions = all('AWS::CloudFront::Function').map(([, { Properties }]) => Properties);
  const [control, application] = functions;
  expect(control?.FunctionConfig.KeyValueStoreAssociations).toBeUndefined();
  expect(application?.FunctionConfig.KeyValueStoreAssociations).toHaveLength(1);
  for (const { FunctionConfig, AutoPublish } of functions)
    expect([FunctionConfig.Runtime, AutoPublish]).toEqual(['cloudfront-js-2.0', true]);
});

test('what tells the edge where tenants are reads the control table, writes the store, and sees every event', () => {
  const actions = statementsOf(template, 'Routing').flatMap((statement) => statement.actions);
  expect(actions.filter((each) => each.startsWith('dynamodb:'))).toEqual([
    'dynamodb:GetItem',
    'dynamodb:Query',
  ]);
  expect(actions).toContain('cloudfront-keyvaluestore:UpdateKeys');
  const rules = all('AWS::Events::Rule').filter(([id]) => id.startsWith('Routing'));
  const [changes] = rules.map(([, { Properties }]) => Properties).filter(({ EventPattern }) => EventPattern);
  const types: string[] = changes?.EventPattern['detail-type'] ?? [];
  expect(types).toContain('granary_operationSucceeded');
  expect(types.filter((type) => !isControlPlaneDetailType(type))).toEqual([]);
  expect(rules.map(([, { Properties }]) => Properties.ScheduleExpression)).toContain('rate(15 minutes)');
});

describe('with names of your own', () => {
  const certificateArn = (id: string) => `arn:aws:acm:us-east-1:222222222222:certificate/${id}`;
  let named: Template;
  beforeAll(() => {
    const { controlPlane } = sampleManifest();
    const sites = {
      control: { name: 'ops.example.com', certificateArn: certificateArn('ops') },
      application: {
        name: 'example.app',
        certificateArn: certificateArn('app'),
        hostedZoneId: 'Z0123456789',
      },
    };
    named = controlPlaneTemplate(sampleManifest({ controlPlane: { ...controlPlane, sites } }));
  });

  test('a site answers its names with its certificate, by TLS 1.2 at least', () => {
    const configured = Object.values(resources(named, 'AWS::CloudFront::Distribution')).map(
      ({ Properties }) => Properties.DistributionConfig,
    );
    expect(configured.map(({ Aliases, ViewerCertificate }) => [Aliases, ViewerCertificate])).toEqual([
      [['ops.example.com'], expect.objectContaining({ AcmCertificateArn: certificateArn('ops') })],
      [
        ['example.app', '*.example.app'],
        expect.objectContaining({
          AcmCertificateArn: certificateArn('app'),
          MinimumProtocolVersion: 'TLSv1.2_2021',
          SslSupportMethod: 'sni-only',
        }),
      ],
    ]);
  });

  test('names lead to the site where the manifest names their zone, and nowhere else', () => {
    const records = Object.values(resources(named, 'AWS::Route53::RecordSet')).map(
      ({ Properties: { Name, Type, HostedZoneId } }) => `${HostedZoneId} ${Type} ${Name}`,
    );
    expect(records.sort()).toEqual([
      'Z0123456789 A *.example.app.',
      'Z0123456789 A example.app.',
      'Z0123456789 AAAA *.example.app.',
      'Z0123456789 AAAA example.app.',
    ]);
  });

  test('the pages send people to those names, and ask where a tenant is at the name they were opened by', () => {
    const [control, application] = Object.values(resources(named, 'Custom::GranarySite')).map(
      ({ Properties }) => text(Properties.Config),
    );
    expect(control).toContain('https://example.app/sign-up');
    for (const config of [control, application]) expect(config).toContain('https://{tenant}.example.app/');
    expect(application).toContain('\\"tenantRoutingUrl\\":\\"/\\"');
    const outputs = text(named.toJSON().Outputs);
    expect(outputs).toContain('https://ops.example.com');
  });
});
