import type { Order, Product } from '@granary/api';
import { type ApplicationClient, allItems } from '@granary/client';
import { WalkError } from '../cli-error';

/** What a tenant's administrator did through the API. */
export interface Trade {
  /** The product that this walk made. */
  readonly product: Product;
  readonly order: Order;
  /** What the lists hold now, earlier starts included. */
  readonly products: number;
  readonly orders: number;
}

/**
 * Creates a product and an order of it, and lists both.
 *
 * @param marker makes the product one of this walk
 * @throws WalkError when a list lacks what was just created
 */
export async function trade(api: ApplicationClient, tenantId: string, marker: string): Promise<Trade> {
  const product = await api.createProduct({
    body: { sku: `walk-${marker}`, name: `Grain of ${tenantId}`, price: 12.5, category: 'grain' },
  });
  const order = await api.createOrder({
    body: {
      orderName: `First sack of ${marker}`,
      orderProducts: [{ productId: product.productId, quantity: 3 }],
    },
  });
  const products = await allItems(api.listProducts);
  const orders = await allItems(api.listOrders);
  if (!products.some(({ productId }) => productId === product.productId))
    throw new WalkError(`tenant "${tenantId}": product ${product.productId} is not in the list of products`);
  if (!orders.some(({ orderId }) => orderId === order.orderId))
    throw new WalkError(`tenant "${tenantId}": order ${order.orderId} is not in the list of orders`);
  return { product, order, products: products.length, orders: orders.length };
}
