import * as z from 'zod';
import { priceSchema, productIdSchema } from './product';

/** What a buyer asks for: a product of the same tenant, and how many. */
export const orderLineInputSchema = z.strictObject({
  productId: productIdSchema,
  quantity: z.number().int().min(1).max(100_000),
});

export const orderInputSchema = z.strictObject({
  orderName: z.string().trim().min(1).max(200),
  orderProducts: z.array(orderLineInputSchema).min(1).max(50),
});
export type OrderInput = z.output<typeof orderInputSchema>;

export const orderIdSchema = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{26}$/, 'must be an order id (a ULID)');

/** A line as sold: name and price are the product's at the time of the order. */
export const orderLineSchema = orderLineInputSchema.extend({ name: z.string(), price: priceSchema });
export type OrderLine = z.output<typeof orderLineSchema>;

export const orderSchema = z.object({
  orderId: orderIdSchema,
  orderName: z.string(),
  orderProducts: z.array(orderLineSchema),
  /** Sum of quantity times price, rounded to cents. */
  total: z.number().min(0),
  version: z.number().int().min(1),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type Order = z.output<typeof orderSchema>;
