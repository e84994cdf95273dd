import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openVersionObjects, parseSettings, planKey, templateKey } from '@granary/release';
import * as z from 'zod';
import { runStep } from './run-step';

/** Uploads the plan of a release and its templates; the folder is this script's own. */
runStep(async () => {
  const { VERSIONS_BUCKET_NAME, VERSIONS_BUCKET_REGION, RELEASE } = parseSettings(
    z.object({
      VERSIONS_BUCKET_NAME: z.string().min(3),
      VERSIONS_BUCKET_REGION: z.string(),
      RELEASE: z.string().regex(/^[0-9a-f]{7,64}$/, 'must be a commit id'),
    }),
    process.env,
  );
  const objects = openVersionObjects(VERSIONS_BUCKET_NAME, VERSIONS_BUCKET_REGION);
  const templates = join(__dirname, 'templates');
  for (const file of readdirSync(templates)) {
    await objects.put(templateKey(file.replace(/\.json$/, '')), readFileSync(join(templates, file), 'utf8'));
    console.log(`published template ${file}`);
  }
  await objects.put(planKey(RELEASE), readFileSync(join(__dirname, 'plan.json'), 'utf8'));
  console.log(`published the plan of release ${RELEASE}`);
});
