import { S3Client } from '@aws-sdk/client-s3';
import { createTelemetry, observed, parseEnvironment } from '@granary/auth';
import { anchorHeads, S3Anchors } from './anchors';
import { auditEnvironmentSchema } from './environment';
import { openAuditStore } from './open-audit-store';

const environment = parseEnvironment(auditEnvironmentSchema);
const telemetry = createTelemetry('audit-anchor');
const { logger } = telemetry;
const store = openAuditStore(environment.AUDIT_TABLE_NAME);
const anchors = new S3Anchors(new S3Client({}), environment.ANCHOR_BUCKET_NAME);

/** Keeps the head of every chain where nobody can change it. Called by a schedule. */
export const handler = observed(telemetry, async (_event: unknown): Promise<void> => {
  logger.info('heads anchored', { chains: await anchorHeads(store, anchors) });
});
