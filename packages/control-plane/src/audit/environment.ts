import * as z from 'zod';

/** What the functions that read the audit log are told. */
export const auditEnvironmentSchema = z.object({
  AUDIT_TABLE_NAME: z.string().min(3),
  ANCHOR_BUCKET_NAME: z.string().min(3),
});
