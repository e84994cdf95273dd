import Link from '@cloudscape-design/components/link';
import { useApplication } from '../api-access/clients';
import { usePagedList } from '../api-access/paged-list';
import { useSession } from '../session/session-context';
import { TENANT } from '../strings/en/tenant';
import { ProductDialog } from './product-dialog';
import { amountText } from './product-draft';
import { RecordConfirmation } from './record-confirmation';
import { RecordList } from './record-list';
import { recordActions } from './row-actions';

const { products: WORDS } = TENANT;

/** The catalogue. */
export default function ProductsPage() {
  const application = useApplication();
  const { person } = useSession();
  const products = usePagedList(['products'], (query, signal) =>
    application.listProducts({ query }, { signal }),
  );
  return (
    <RecordList
      list={products}
      words={WORDS}
      trackBy="productId"
      nameOf={({ name }) => name}
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
      ]}
      actions={() => recordActions(person.role)}
      dialog={(open, close) =>
        open.what === 'delete' ? (
          <RecordConfirmation
            title={WORDS.deleteTitle(open.item.name)}
            text={WORDS.deleteText}
            confirm={TENANT.delete}
            changes="products"
            run={() =>
              application.deleteProduct({
                params: { productId: open.item.productId },
                version: open.item.version,
              })
            }
            onClose={close}
          />
        ) : (
          <ProductDialog product={open.what === 'new' ? undefined : open.item} onClose={close} />
        )
      }
    />
  );
}
