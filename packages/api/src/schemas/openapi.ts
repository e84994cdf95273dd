import * as z from 'zod';

/** An OpenAPI document: what this API is, for programs. */
export const openApiSchema = z.looseObject({
  openapi: z.string(),
  paths: z.record(z.string(), z.unknown()),
});
