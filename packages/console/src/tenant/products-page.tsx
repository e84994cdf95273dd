import Button from '@cloudscape-design/components/button';
import Link from '@cloudscape-design/components/link';
import type { Product } from '@granary/api';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useApplication } from '../api-access/clients';
import { usePagedList } from '../api-access/paged-list';
import { ConfirmDialog } from '../form/confirm-dialog';
import { useSession } from '../session/session-context';
import { Page } from '../shell/page';
import { TENANT } from '../strings/en/tenant';
import { ProductDialog } from './product-dialog';
import { amountText } from './product-draft';
import { RecordTable } from './record-table';
import { RowActions } from './row-actions';

const { products: WORDS } = TENANT;

type Open = { readonly what: 'new' } | { readonly what: 'change' | 'delete'; readonly product: Product };

/** The catalogue. */
export default function ProductsPage() {
  const application = useApplication();
  const queries = useQueryClient();
  const { person } = useSession();
  const [open, setOpen] = useState<Open>();
  const products = usePagedList(['products'], (query, signal) =>
    application.listProducts({ query }, { signal }),
  );
  const remove = useMutation({
    mutationFn: ({ productId, version }: Product) =>
      application.deleteProduct({ params: { productId }, version }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['products'] }),
  });
  const close = () => setOpen(undefined);
  return (
    <Page
      title={WORDS.title}
      description={WORDS.text}
      actions={
        <Button variant="primary" onClick={() => setOpen({ what: 'new' })}>
          {WORDS.add}
        </Button>
      }
    >
      <RecordTable
        list={products}
        words={WORDS}
        trackBy="productId"
        columns={[
          {
            id: 'name',
            header: WORDS.name,
            cell: ({ productId, name }) => <Link href={`#/products/${productId}`}>{name}</Link>,
            isRowHeader: true,
          },
          { id: 'sku', header: WORDS.sku, cell: ({ sku }) => sku },
          { id: 'category', header: WORDS.category, cell: ({ category }) => category },
          { id: 'price', header: WORDS.price, cell: ({ price }) => amountText(price) },
          {
            id: 'actions',
            header: TENANT.actions,
            cell: (product) => (
              <RowActions
                of={product.name}
                actions={[
                  { text: TENANT.change, onClick: () => setOpen({ what: 'change', product }) },
                  ...(person.role === 'TenantAdmin'
                    ? [{ text: TENANT.delete, onClick: () => setOpen({ what: 'delete', product }) }]
                    : []),
                ]}
              />
            ),
          },
        ]}
      />
      {open?.what === 'new' && <ProductDialog onClose={close} />}
      {open?.what === 'change' && <ProductDialog product={open.product} onClose={close} />}
      {open?.what === 'delete' && (
        <ConfirmDialog
          title={WORDS.deleteTitle(open.product.name)}
          text={WORDS.deleteText}
          confirm={TENANT.delete}
          onClose={close}
          onConfirm={async () => {
            await remove.mutateAsync(open.product);
            close();
          }}
        />
      )}
    </Page>
  );
}
