import { STSClient } from '@aws-sdk/client-sts';
import { createTelemetry, observed, parseEnvironment } from '@granary/auth';
import * as z from 'zod';
import { stacksByDeployRole } from '../deployer/deploy-role';
import { openReleaseTable } from '../release-table/dynamo-release-table';
import { parseRecordRequest, recordVersion } from './record-version';
import { openVersionObjects } from './template-store';

const environment = parseEnvironment(
  z.object({
    RELEASE_TABLE_NAME: z.string().min(3),
    VERSIONS_BUCKET_NAME: z.string().min(3),
    PARTITION: z.string().default('aws'),
  }),
);
const telemetry = createTelemetry('release-recorder');
const { logger } = telemetry;
const dependencies = {
  table: openReleaseTable(environment.RELEASE_TABLE_NAME),
  objects: openVersionObjects(environment.VERSIONS_BUCKET_NAME),
  stacksIn: stacksByDeployRole({ sts: new STSClient({}), partition: environment.PARTITION }),
};

/** Records a deployment's version: invoked by the pipeline's registration with a `RecordRequest`. */
export const handler = observed(
  telemetry,
  async (payload: unknown): Promise<{ readonly templateDigest: string }> => {
    const { deploymentId, release, templateDigest } = await recordVersion(
      parseRecordRequest(payload),
      dependencies,
    );
    logger.info('version recorded', { deploymentId, release, templateDigest });
    return { templateDigest };
  },
);
