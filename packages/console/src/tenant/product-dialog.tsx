import type { Product, ProductInput } from '@granary/api';
import { InvalidRequestError, VersionMismatchError } from '@granary/client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useApplication } from '../api-access/clients';
import { FormDialog } from '../form/form-dialog';
import { TextField } from '../form/text-field';
import { problemText } from '../problem/problem-text';
import { TENANT } from '../strings/en/tenant';
import { checkProduct, draftOfProduct, EMPTY_PRODUCT, type ProductDraft } from './product-draft';

const { products: WORDS } = TENANT;
const FIELDS = ['name', 'sku', 'category', 'price'] as const;

export interface ProductDialogProps {
  /** What is changed. @default a new one is added */
  readonly product?: Product;
  readonly onClose: () => void;
}

/** Adds a product, or changes one that is still as it was read. */
export function ProductDialog({ product, onClose }: ProductDialogProps) {
  const application = useApplication();
  const queries = useQueryClient();
  const [read, setRead] = useState(product);
  const [draft, setDraft] = useState<ProductDraft>(product ? draftOfProduct(product) : EMPTY_PRODUCT);
  const [refused, setRefused] = useState<Readonly<Record<string, string>>>({});
  const { input, faults } = checkProduct(draft);

  const save = useMutation({
    mutationFn: (body: ProductInput) =>
      read
        ? application.updateProduct({ params: { productId: read.productId }, body, version: read.version })
        : application.createProduct({ body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['products'] }),
    onError: (error) => setRefused(error instanceof InvalidRequestError ? problemText(error).violations : {}),
  });
  const reload = useMutation({
    mutationFn: (productId: string) => application.getProduct({ params: { productId } }),
    onSuccess: (now) => {
      setRead(now);
      setDraft(draftOfProduct(now));
    },
  });
  return (
    <FormDialog
      key={read?.version ?? 0}
      title={product ? WORDS.changeTitle(product.name) : WORDS.addTitle}
      submit={TENANT.save}
      ready={input !== undefined}
      onClose={onClose}
      onSubmit={async () => {
        if (input) await save.mutateAsync(input);
        onClose();
      }}
      onReload={(error) =>
        read && error instanceof VersionMismatchError ? () => reload.mutate(read.productId) : undefined
      }
    >
      {(tried) =>
        FIELDS.map((field) => (
          <TextField
            key={field}
            label={WORDS[field]}
            inputMode={field === 'price' ? 'decimal' : 'text'}
            value={draft[field]}
            onChange={(value) => {
              setDraft((now) => ({ ...now, [field]: value }));
              setRefused({});
            }}
            fault={refused[`/${field}`] ?? (tried ? faults[field] : undefined)}
          />
        ))
      }
    </FormDialog>
  );
}
