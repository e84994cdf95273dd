import type { Product } from '@granary/api';
import { InvalidRequestError } from '@granary/client';
import { useApplication } from '../api-access/clients';
import { TextField } from '../form/text-field';
import { problemText } from '../problem/problem-text';
import { TENANT } from '../strings/en/tenant';
import { checkProduct, draftOfProduct, EMPTY_PRODUCT } from './product-draft';
import { RecordDialog } from './record-dialog';

const { products: WORDS } = TENANT;
const FIELDS = ['name', 'sku', 'category', 'price'] as const;

export interface ProductDialogProps {
  /** What is changed. @default a new one is added */
  readonly product: Product | undefined;
  readonly onClose: () => void;
}

/** Adds a product, or changes one. */
export function ProductDialog({ product, onClose }: ProductDialogProps) {
  const application = useApplication();
  return (
    <RecordDialog
      title={product ? WORDS.changeTitle(product.name) : WORDS.addTitle}
      submit={TENANT.save}
      item={product}
      draftOf={(item) => (item ? draftOfProduct(item) : EMPTY_PRODUCT)}
      check={checkProduct}
      save={(body, read) =>
        read
          ? application.updateProduct({ params: { productId: read.productId }, body, version: read.version })
          : application.createProduct({ body })
      }
      reload={({ productId }) => application.getProduct({ params: { productId } })}
      changes="products"
      onClose={onClose}
    >
      {({ draft, change, faults, refusal }) => {
        const refused = refusal instanceof InvalidRequestError ? problemText(refusal).violations : {};
        return FIELDS.map((field) => (
          <TextField
            key={field}
            label={WORDS[field]}
            inputMode={field === 'price' ? 'decimal' : 'text'}
            value={draft[field]}
            onChange={(value) => change((now) => ({ ...now, [field]: value }))}
            fault={refused[`/${field}`] ?? faults[field]}
          />
        ));
      }}
    </RecordDialog>
  );
}
