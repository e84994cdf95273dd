import * as z from 'zod';

/** Query of every list: how many, and where the last page ended. */
export const pageQuerySchema = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(25),
  /** Opaque; taken from the last answer's `nextToken`. */
  nextToken: z.string().max(1024).optional(),
});
export type PageQuery = z.output<typeof pageQuerySchema>;

/** A page of a list. Without `nextToken` it is the last one. */
export const pageSchema = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextToken: z.string().optional() });

export interface Page<Item> {
  readonly items: Item[];
  readonly nextToken?: string;
}
