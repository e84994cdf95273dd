import * as z from 'zod';

/**
 * A tenant's id: it becomes part of keys, tags, policies, stack names and host names, so it can hold none of
 * their separators and wild cards (`#`, `*`, `?`, `$`).
 */
export const TENANT_ID_PATTERN = /^[a-z][a-z0-9-]{1,30}[a-z0-9]$/;

export const tenantIdSchema = z
  .string()
  .regex(TENANT_ID_PATTERN, 'must be 3 to 32 lower-case letters, digits and hyphens, starting with a letter');
