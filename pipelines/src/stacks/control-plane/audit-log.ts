import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { type CfnTable, ProjectionType, type Table } from 'aws-cdk-lib/aws-dynamodb';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { AnyPrincipal, Effect, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  ObjectLockRetention,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { acknowledge, logicalId } from '../acknowledge';
import { ServiceFunction, type ServiceFunctionProps } from '../service-function';
import { durableTable, text } from '../tenant-tables';

/** How long nobody, not even the account's owner, can take an anchor back. */
const ANCHOR_RETENTION = Duration.days(365);

export interface AuditLogProps {
  /** What every function has. */
  readonly shared: Pick<ServiceFunctionProps, 'code' | 'release' | 'layers'>;
}

/**
 * The audit log: a table that one function puts to, a bucket that holds where its chains ended, and the service that
 * reads both.
 */
export class AuditLog extends Construct {
  /** Keys `pk` and `sk`; indexes `chain` and `day`, sorted by `place`. */
  readonly table: Table;
  readonly anchors: Bucket;
  readonly service: ServiceFunction;

  constructor(scope: Construct, id: string, { shared }: AuditLogProps) {
    super(scope, id);
    this.table = durableTable(this, 'Table', 'pk', 'sk');
    for (const indexName of ['chain', 'day'])
      this.table.addGlobalSecondaryIndex({
        indexName,
        partitionKey: text(indexName),
        sortKey: text('place'),
        projectionType: ProjectionType.ALL,
      });
    this.anchors = this.anchorBucket();

    const environment = {
      AUDIT_TABLE_NAME: this.table.tableName,
      ANCHOR_BUCKET_NAME: this.anchors.bucketName,
    };
    const indexes = ['chain', 'day'].map((index) => `${this.table.tableArn}/index/${index}`);
    this.service = new ServiceFunction(this, 'Service', {
      ...shared,
      entry: 'audit',
      description: 'Reads the audit log, and verifies it',
      environment,
      timeout: Duration.seconds(28),
    });
    this.service.allow(['dynamodb:GetItem', 'dynamodb:Query'], [this.table.tableArn]);
    this.service.allow(['dynamodb:Query'], indexes);
    this.service.allow(['s3:ListBucket'], [this.anchors.bucketArn]);

    const anchor = new ServiceFunction(this, 'Anchor', {
      ...shared,
      entry: 'audit-anchor',
      description: 'Keeps the heads of the audit log where nobody can change them',
      environment,
      timeout: Duration.minutes(5),
    });
    anchor.allow(['dynamodb:Query'], [this.table.tableArn]);
    anchor.allow(['s3:PutObject'], [this.anchors.arnForObjects('anchors/*')]);
    acknowledge(
      anchor.role,
      `AwsSolutions-IAM5[Resource::<${logicalId(this.anchors)}.Arn>/anchors/*]`,
      'An anchor is named by its chain and its hash, which nobody knows beforehand; it can be added and never changed.',
    );
    new Rule(this, 'Hourly', {
      description: 'Anchors the audit log',
      schedule: Schedule.rate(Duration.hours(1)),
      targets: [new LambdaFunction(anchor.alias, { retryAttempts: 2 })],
    });
  }

  /** Lets one function, and it alone, put entries; nobody may change or remove one. */
  writtenBy(writer: ServiceFunction): void {
    writer.allow(['dynamodb:PutItem', 'dynamodb:Query'], [this.table.tableArn]);
    const table = this.table.node.defaultChild as CfnTable;
    const everyone = { effect: Effect.DENY, principals: [new AnyPrincipal()] };
    table.resourcePolicy = {
      policyDocument: new PolicyDocument({
        statements: [
          new PolicyStatement({
            ...everyone,
            sid: 'NobodyChangesOrRemoves',
            actions: [
              'dynamodb:UpdateItem',
              'dynamodb:DeleteItem',
              'dynamodb:PartiQLInsert',
              'dynamodb:PartiQLUpdate',
              'dynamodb:PartiQLDelete',
              // What expires is removed as well.
              'dynamodb:UpdateTimeToLive',
            ],
            resources: ['*'],
          }),
          new PolicyStatement({
            ...everyone,
            sid: 'OneWriter',
            actions: ['dynamodb:PutItem'],
            resources: ['*'],
            conditions: { ArnNotEquals: { 'aws:PrincipalArn': writer.role.roleArn } },
          }),
          new PolicyStatement({
            ...everyone,
            sid: 'InTransactionsOnly',
            actions: ['dynamodb:PutItem'],
            resources: ['*'],
            conditions: { StringNotEquals: { 'dynamodb:EnclosingOperation': 'TransactWriteItems' } },
          }),
        ],
      }),
    };
  }

  private anchorBucket(): Bucket {
    const bucket = new Bucket(this, 'Anchors', {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      versioned: true,
      objectLockEnabled: true,
      objectLockDefaultRetention: ObjectLockRetention.compliance(ANCHOR_RETENTION),
      removalPolicy: RemovalPolicy.RETAIN,
    });
    acknowledge(
      bucket,
      'AwsSolutions-S1',
      'One function puts to it and one lists it; what they do is in their logs, and nobody can change an object.',
    );
    return bucket;
  }
}
