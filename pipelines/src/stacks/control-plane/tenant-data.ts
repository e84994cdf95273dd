import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { dataFunctionName, dataFunctionRoleName, dataRoleName, roleArn } from '../../names';
import { acknowledge, logicalId } from '../acknowledge';
import { ServiceFunction, type ServiceFunctionProps } from '../service-function';

export interface TenantDataProps {
  readonly application: string;
  /** Accounts of the cells, whose data roles the function assumes. */
  readonly deploymentAccounts: readonly string[];
  /** Shards by tier. */
  readonly tierShards: Readonly<Record<string, number>>;
  /** The control table. */
  readonly table: Table;
  /** What every function has. */
  readonly shared: Pick<ServiceFunctionProps, 'code' | 'release' | 'layers'>;
}

/** Moves and removes tenants' rows between deployments; keeps the archives, the receipts, and the key that signs them. */
export class TenantData extends Construct {
  readonly service: ServiceFunction;
  /** `exports/<tenant>/...`, `receipts/<tenant>/...`. */
  readonly archives: Bucket;
  readonly key: Key;

  constructor(scope: Construct, id: string, props: TenantDataProps) {
    super(scope, id);
    const { application, table } = props;
    const { partition, region, account } = Stack.of(this);
    this.archives = this.archiveBucket();
    this.key = new Key(this, 'Key', {
      description: 'Signs archives of tenants and receipts of purges',
      keySpec: KeySpec.ECC_NIST_P256,
      keyUsage: KeyUsage.SIGN_VERIFY,
      // Who holds an archive must be able to verify it in ten years.
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const settle = `/${application}/freeze-settle-seconds`;
    this.service = new ServiceFunction(this, 'Service', {
      ...props.shared,
      entry: 'tenant-data',
      description: 'Copies, exports and purges the rows of one tenant',
      functionName: dataFunctionName(application),
      roleName: dataFunctionRoleName(application),
      environment: {
        CONTROL_TABLE_NAME: table.tableName,
        APPLICATION: application,
        ARCHIVE_BUCKET_NAME: this.archives.bucketName,
        ARCHIVE_KEY_ARN: this.key.keyArn,
        TIER_SHARDS: JSON.stringify(props.tierShards),
        FREEZE_SETTLE_PARAMETER: settle,
      },
      timeout: Duration.minutes(15),
      // Pages of both ends, a file that is being written: and a core and a half to hash them with.
      memorySize: 2048,
    });
    this.service.allow(['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:DeleteItem'], [table.tableArn]);
    this.service.allow(['kms:Sign', 'kms:Verify'], [this.key.keyArn]);
    this.service.allow(
      ['ssm:GetParameter'],
      [`arn:${partition}:ssm:${region}:${account}:parameter${settle}`],
    );
    this.allowArchives();
    this.allowDeployments(props);
  }

  private allowArchives(): void {
    const folders = ['exports', 'receipts'];
    this.service.allow(
      ['s3:PutObject', 's3:GetObject'],
      folders.map((folder) => this.archives.arnForObjects(`${folder}/*`)),
    );
    // Without it, an object that is not there is answered like one that is refused.
    this.service.allow(['s3:ListBucket'], [this.archives.bucketArn]);
    for (const folder of folders)
      acknowledge(
        this.service.role,
        `AwsSolutions-IAM5[Resource::<${logicalId(this.archives)}.Arn>/${folder}/*]`,
        'Archives and receipts are named by tenant and operation, which come at run time; none can be deleted.',
      );
  }

  private allowDeployments({ application, deploymentAccounts }: TenantDataProps): void {
    const { partition } = Stack.of(this);
    const anyDeployment = dataRoleName(application, '*');
    this.service.allow(
      ['sts:AssumeRole', 'sts:TagSession'],
      deploymentAccounts.map((account) => roleArn(partition, account, anyDeployment)),
    );
    for (const account of deploymentAccounts)
      acknowledge(
        this.service.role,
        `AwsSolutions-IAM5[Resource::arn:aws:iam::${account}:role/${anyDeployment}]`,
        'Deployments come and go with the manifest; their roles share this name, in the accounts of the cells only.',
      );
  }

  private archiveBucket(): Bucket {
    const bucket = new Bucket(this, 'Archives', {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      versioned: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    acknowledge(
      bucket,
      'AwsSolutions-S1',
      'One function writes and reads it, and its log says what; a log of accesses would need a bucket of its own.',
    );
    return bucket;
  }
}
