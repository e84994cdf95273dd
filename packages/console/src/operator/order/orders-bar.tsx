import SpaceBetween from '@cloudscape-design/components/space-between';
import { Fragment, type ReactNode } from 'react';

export interface OrdersBarProps<Order extends string> {
  /** What makes sense now, in the order in which it is shown. */
  readonly orders: readonly Order[];
  /** The button of one. */
  readonly children: (order: Order) => ReactNode;
}

/** The orders that a thing takes as it is, side by side. */
export function OrdersBar<Order extends string>({ orders, children }: OrdersBarProps<Order>) {
  if (orders.length === 0) return null;
  return (
    <SpaceBetween direction="horizontal" size="xs">
      {orders.map((order) => (
        <Fragment key={order}>{children(order)}</Fragment>
      ))}
    </SpaceBetween>
  );
}
