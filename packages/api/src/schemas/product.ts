import * as z from 'zod';

/** Money in the tenant's currency: a decimal with at most two places. */
export const priceSchema = z.number().min(0).max(1_000_000_000).multipleOf(0.01);

export const productInputSchema = z.strictObject({
  sku: z.string().trim().min(1).max(64),
  name: z.string().trim().min(1).max(200),
  price: priceSchema,
  category: z.string().trim().min(1).max(100),
});
export type ProductInput = z.output<typeof productInputSchema>;

export const productIdSchema = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{26}$/, 'must be a product id (a ULID)');

export const productSchema = productInputSchema.extend({
  productId: productIdSchema,
  version: z.number().int().min(1),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type Product = z.output<typeof productSchema>;
