import * as z from 'zod';
import { manifestSchema } from './schema';

/** JSON Schema (draft 7, which editors know) of the manifest as it may be written. */
export function manifestJsonSchema(): z.core.JSONSchema.BaseSchema {
  return z.toJSONSchema(manifestSchema, { io: 'input', target: 'draft-7' });
}

/** The text of `tenants.schema.json`. */
export function manifestJsonSchemaText(): string {
  return `${JSON.stringify(manifestJsonSchema(), undefined, 2)}\n`;
}
