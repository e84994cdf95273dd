import { S3Client } from '@aws-sdk/client-s3';
import { parseEnvironment } from '@granary/auth';
import { S3Anchors } from './anchors';
import { auditService } from './audit-service';
import { auditEnvironmentSchema } from './environment';
import { openAuditStore } from './open-audit-store';

const environment = parseEnvironment(auditEnvironmentSchema);

export const handler = auditService({
  store: openAuditStore(environment.AUDIT_TABLE_NAME),
  anchors: new S3Anchors(new S3Client({}), environment.ANCHOR_BUCKET_NAME),
  now: () => new Date(),
});
