import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { manifestJsonSchemaText } from './json-schema';

it('the committed JSON Schema is the one that the schema generates', () => {
  const committed = readFileSync(join(__dirname, '..', 'tenants.schema.json'), 'utf8');
  // If not: pnpm --filter @granary/manifest generate
  expect(committed).toBe(manifestJsonSchemaText());
});
