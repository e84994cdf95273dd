import {
  InvalidRequestProblem,
  type OrderInput,
  type OrderLine,
  orderLineInputSchema,
  type Product,
} from '@granary/api';

/**
 * The lines of an order as sold: with the name and the price that each product has now. A product has one line,
 * where it is first named; the quantities of its later lines are added to it.
 * @param catalogue the products that exist, by id
 * @throws InvalidRequestProblem naming every line whose product is unknown, or whose product's quantity is too large
 */
export function soldLines(
  asked: OrderInput['orderProducts'],
  catalogue: ReadonlyMap<string, Pick<Product, 'name' | 'price'>>,
): OrderLine[] {
  const violations: { readonly in: 'body'; readonly pointer: string; readonly message: string }[] = [];
  const sold = new Map<string, OrderLine>();
  for (const [index, { productId, quantity }] of asked.entries()) {
    const pointer = `/orderProducts/${index}`;
    const product = catalogue.get(productId);
    const total = quantity + (sold.get(productId)?.quantity ?? 0);
    if (!product) {
      violations.push({
        in: 'body',
        pointer: `${pointer}/productId`,
        message: `there is no product ${productId}; name one of the catalogue`,
      });
      continue;
    }
    if (!orderLineInputSchema.shape.quantity.safeParse(total).success)
      violations.push({
        in: 'body',
        pointer: `${pointer}/quantity`,
        message: `brings product ${productId} to ${total} in this order; split the order`,
      });
    sold.set(productId, { productId, quantity: total, name: product.name, price: product.price });
  }
  if (violations.length > 0) throw new InvalidRequestProblem(violations);
  return [...sold.values()];
}
