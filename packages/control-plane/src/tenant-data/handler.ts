import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import { SSMClient } from '@aws-sdk/client-ssm';
import { STSClient } from '@aws-sdk/client-sts';
import { createTelemetry, observed, parseEnvironment } from '@granary/auth';
import { openControlTable } from '../control-table/open-control-table';
import { tenantDataOpener } from './deployment-data';
import { tenantDataEnvironmentSchema } from './environment';
import { KmsSigner } from './kms-signer';
import { S3ArchiveStore } from './s3-archive-store';
import { settleSeconds } from './settle-seconds';
import { tenantDataHandler } from './tenant-data-handler';
import { TenantDataService } from './tenant-data-service';

const environment = parseEnvironment(tenantDataEnvironmentSchema);

export const handler = observed(
  createTelemetry('tenant-data'),
  tenantDataHandler(
    new TenantDataService({
      table: openControlTable(environment.CONTROL_TABLE_NAME),
      open: tenantDataOpener(new STSClient({}), `${environment.APPLICATION}-tenant-data`),
      store: new S3ArchiveStore(new S3Client({}), environment.ARCHIVE_BUCKET_NAME),
      signer: new KmsSigner(new KMSClient({}), environment.ARCHIVE_KEY_ARN),
      tierShards: environment.TIER_SHARDS,
      settleSeconds: settleSeconds(new SSMClient({}), environment.FREEZE_SETTLE_PARAMETER),
      now: () => new Date(),
    }),
  ),
);
