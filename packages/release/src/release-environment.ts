import { S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { planKey, type ReleasePlan, releasePlanSchema } from './plan/release-plan';
import { openReleaseTable } from './release-table/dynamo-release-table';
import type { ReleaseTable } from './release-table/release-table';
import { Runs } from './run/runs';
import { S3VersionObjects } from './version/template-store';

/** Settings that every function of the release engine has. */
export const releaseEnvironmentSchema = z.object({
  RELEASE_TABLE_NAME: z.string().min(3),
  VERSIONS_BUCKET_NAME: z.string().min(3),
});

/** What every function of the release engine works on. */
export interface ReleaseEngine {
  readonly table: ReleaseTable;
  readonly runs: Runs;
  readonly objects: S3VersionObjects;
  /** Read once for each release: a published plan never changes. */
  readonly readPlan: (release: string) => Promise<ReleasePlan>;
}

export function openReleaseEngine(environment: z.output<typeof releaseEnvironmentSchema>): ReleaseEngine {
  const table = openReleaseTable(environment.RELEASE_TABLE_NAME);
  const objects = new S3VersionObjects(new S3Client({}), environment.VERSIONS_BUCKET_NAME);
  let last: { readonly release: string; readonly plan: ReleasePlan } | undefined;
  return {
    table,
    runs: new Runs(table),
    objects,
    readPlan: async (release) => {
      if (last?.release === release) return last.plan;
      const plan = releasePlanSchema.parse(JSON.parse(await objects.get(planKey(release))));
      last = { release, plan };
      return plan;
    },
  };
}
