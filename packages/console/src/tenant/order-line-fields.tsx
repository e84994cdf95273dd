import Button from '@cloudscape-design/components/button';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import type { OrderLine, Product } from '@granary/api';
import type { PagedList } from '../api-access/paged-list';
import { TENANT } from '../strings/en/tenant';
import { type LineDraft, type OrderDraft, withChangedLine, withoutLine } from './order-draft';
import { amountText } from './product-draft';
import './order-line-fields.css';

const { orders: WORDS } = TENANT;

export interface OrderLineFieldsProps {
  readonly line: LineDraft;
  /** From 1. */
  readonly position: number;
  /** Lines as they were sold: their products may be gone from the catalogue. */
  readonly known: readonly OrderLine[];
  readonly products: PagedList<Product>;
  readonly draft: OrderDraft;
  readonly onChange: (draft: OrderDraft) => void;
}

/** One line of an order: a product, and how many. */
export function OrderLineFields({ line, position, known, products, draft, onChange }: OrderLineFieldsProps) {
  const options = products.items.map(({ productId, name, price }) => ({
    value: productId,
    label: name,
    description: amountText(price),
  }));
  const sold = known.find(({ productId }) => productId === line.productId);
  const chosen =
    options.find(({ value }) => value === line.productId) ??
    (sold ? { value: sold.productId, label: sold.name } : null);
  return (
    <div className="order-line">
      <Select
        ariaLabel={WORDS.product(position)}
        placeholder={WORDS.choose}
        empty={WORDS.noProducts}
        statusType={products.pending ? 'loading' : 'finished'}
        filteringType="auto"
        selectedOption={chosen}
        options={options}
        onChange={({ detail }) => {
          const productId = detail.selectedOption.value;
          if (productId) onChange(withChangedLine(draft, line.key, { productId }));
        }}
        onLoadItems={({ detail }) => {
          if (!detail.firstPage) products.more?.();
        }}
      />
      <Input
        ariaLabel={WORDS.quantity(position)}
        inputMode="numeric"
        value={line.quantity}
        onChange={({ detail }) => onChange(withChangedLine(draft, line.key, { quantity: detail.value }))}
      />
      <Button
        formAction="none"
        variant="icon"
        iconName="remove"
        ariaLabel={WORDS.removeLine(position)}
        disabled={draft.lines.length === 1}
        onClick={() => onChange(withoutLine(draft, line.key))}
      />
    </div>
  );
}
