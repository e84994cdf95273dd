import * as z from 'zod';
import { tenantIdSchema } from '../tenant-id';
import { monthSchema } from './cost';
import { limitsSchema } from './limits';
import { meterIdSchema } from './meter';
import { tenantModelSchema, tierNameSchema } from './tenant';

/** What a tier costs its tenants. */
export const planPriceSchema = z.object({
  /** ISO 4217. */
  currency: z.string().regex(/^[A-Z]{3}$/),
  /** A month, in units of the currency (not cents). */
  monthly: z.number().min(0),
  /** By meter: `amount` for every `unit` used, in proportion. */
  usage: z.record(meterIdSchema, z.object({ unit: z.number().int().min(1), amount: z.number().min(0) })),
});
export type PlanPrice = z.output<typeof planPriceSchema>;

/** What anybody can buy. */
export const billingPlanSchema = z.object({
  tier: tierNameSchema,
  model: tenantModelSchema,
  /** What one tenant of it may send. */
  limits: limitsSchema,
  /** Absent: free. */
  price: planPriceSchema.optional(),
});
export type BillingPlan = z.output<typeof billingPlanSchema>;

export const billingPlansSchema = z.object({ plans: z.array(billingPlanSchema) });

export const INVOICE_LINE_KINDS = ['subscription', 'usage', 'correction', 'other'] as const;

export const invoiceLineSchema = z.object({
  kind: z.enum(INVOICE_LINE_KINDS),
  description: z.string(),
  /** The month that it is for: an earlier one than the invoice's for a correction. */
  month: monthSchema,
  meterId: meterIdSchema.optional(),
  quantity: z.number().optional(),
  /** In the currency's smallest unit (cents); negative for a credit. */
  amount: z.number().int(),
});
export type InvoiceLine = z.output<typeof invoiceLineSchema>;

export const INVOICE_STATUSES = ['draft', 'open', 'paid', 'uncollectible', 'void'] as const;

/** An invoice, from whichever provider. Amounts are in the currency's smallest unit (cents). */
export const invoiceSchema = z.object({
  invoiceId: z.string(),
  tenantId: tenantIdSchema,
  month: monthSchema,
  currency: z.string(),
  status: z.enum(INVOICE_STATUSES),
  total: z.number().int(),
  lines: z.array(invoiceLineSchema),
  issuedAt: z.iso.datetime(),
});
export type Invoice = z.output<typeof invoiceSchema>;

/** How far the close of a month has come. Ask again for the rest while it is `closing`. */
export const billingPeriodSchema = z.object({
  month: monthSchema,
  status: z.enum(['closing', 'closed']),
  invoices: z.number().int(),
  failures: z.array(z.object({ tenantId: tenantIdSchema, reason: z.string() })),
  closedAt: z.iso.datetime().optional(),
});
export type BillingPeriod = z.output<typeof billingPeriodSchema>;
