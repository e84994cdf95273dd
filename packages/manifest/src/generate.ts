import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { manifestJsonSchemaText } from './json-schema';

// A command, not a module: `pnpm --filter @granary/manifest generate`.
writeFileSync(join(__dirname, '..', 'tenants.schema.json'), manifestJsonSchemaText());
