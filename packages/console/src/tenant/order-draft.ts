import { type Order, orderInputSchema } from '@granary/api';
import { checkedDraft } from '../form/checked-draft';
import { TENANT } from '../strings/en/tenant';

/** A line as it is typed. */
export interface LineDraft {
  /** Tells lines apart while they are edited. */
  readonly key: number;
  /** @default none chosen */
  readonly productId?: string;
  readonly quantity: string;
}

export interface OrderDraft {
  readonly orderName: string;
  readonly lines: readonly LineDraft[];
}

export const EMPTY_ORDER: OrderDraft = { orderName: '', lines: [{ key: 1, quantity: '1' }] };

export function draftOfOrder({ orderName, orderProducts }: Order): OrderDraft {
  const lines = orderProducts.map(({ productId, quantity }, index) => ({
    key: index + 1,
    productId,
    quantity: String(quantity),
  }));
  return { orderName, lines };
}

export function withLine(draft: OrderDraft): OrderDraft {
  const key = Math.max(0, ...draft.lines.map((line) => line.key)) + 1;
  return { ...draft, lines: [...draft.lines, { key, quantity: '1' }] };
}

export function withoutLine(draft: OrderDraft, key: number): OrderDraft {
  return { ...draft, lines: draft.lines.filter((line) => line.key !== key) };
}

export function withChangedLine(draft: OrderDraft, key: number, change: Partial<LineDraft>): OrderDraft {
  return { ...draft, lines: draft.lines.map((line) => (line.key === key ? { ...line, ...change } : line)) };
}

/** Holds what was typed against the API's own schema. */
export function checkOrder({ orderName, lines }: OrderDraft) {
  const orderProducts = lines.map(({ productId, quantity }) => ({
    productId,
    quantity: /^\d+$/.test(quantity.trim()) ? Number(quantity) : undefined,
  }));
  return checkedDraft(orderInputSchema, { orderName, orderProducts }, TENANT.orders.faults);
}
