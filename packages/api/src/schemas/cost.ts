import * as z from 'zod';
import { tenantIdSchema } from '../tenant-id';

export const monthSchema = z.string().regex(/^20\d\d-(0[1-9]|1[0-2])$/, 'must be a month, such as 2026-11');

export const monthQuerySchema = z.object({ month: monthSchema });

/** US dollars, as a decimal with nine digits: what a request costs is far below a cent. */
export const usdSchema = z.string().regex(/^-?\d+\.\d{9}$/);

export const COST_KINDS = ['functions', 'invocations', 'requests', 'reads', 'writes'] as const;
export type CostKind = (typeof COST_KINDS)[number];

const line = z.object({
  kind: z.enum(COST_KINDS),
  region: z.string(),
  quantity: z.number(),
  /** Of the quantity: `GB-seconds`, `requests`. */
  unit: z.string(),
  usd: usdSchema,
});

const party = { usd: usdSchema, lines: z.array(line) };

/** What one tenant's use costs the operator in a month. */
export const tenantCostSchema = z.object({ tenantId: tenantIdSchema, month: monthSchema, ...party });
export type TenantCost = z.output<typeof tenantCostSchema>;

/** A month, apportioned: the tenants and the remainder together are the total. */
export const costsSchema = z.object({
  month: monthSchema,
  total: usdSchema,
  tenants: z.array(z.object({ tenantId: tenantIdSchema, ...party })),
  /** What no tenant can be told to have used. */
  shared: z.object(party),
  /** Regions whose prices the list does not hold: their use is in no sum. */
  unpriced: z.array(z.string()),
  prices: z.object({ asOf: z.iso.date(), sources: z.array(z.string()) }),
});
export type Costs = z.output<typeof costsSchema>;
