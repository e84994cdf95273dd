import { type Product, productInputSchema } from '@granary/api';
import { checkedDraft } from '../form/checked-draft';
import { TENANT } from '../strings/en/tenant';

/** A product as it is typed. */
export interface ProductDraft {
  readonly name: string;
  readonly sku: string;
  readonly category: string;
  readonly price: string;
}

export const EMPTY_PRODUCT: ProductDraft = { name: '', sku: '', category: '', price: '' };

export function draftOfProduct({ name, sku, category, price }: Product): ProductDraft {
  return { name, sku, category, price: price.toFixed(2) };
}

/** Holds what was typed against the API's own schema. */
export function checkProduct(draft: ProductDraft) {
  return checkedDraft(productInputSchema, { ...draft, price: amountOf(draft.price) }, TENANT.products.faults);
}

/** A decimal with a point or a comma; undefined when it is none, or has more than two places. */
export function amountOf(text: string): number | undefined {
  const tidy = text.trim().replace(',', '.');
  return /^\d+(\.\d{1,2})?$/.test(tidy) ? Number(tidy) : undefined;
}

/** 1234.5 gives "1,234.50". */
export function amountText(amount: number): string {
  return amount.toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}
