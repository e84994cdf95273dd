import Table from '@cloudscape-design/components/table';
import { allItems } from '@granary/client';
import { useQuery } from '@tanstack/react-query';
import { useApplication } from '../api-access/clients';
import { ProblemAlert } from '../problem/problem-alert';
import { Page } from '../shell/page';
import { TENANT } from '../strings/en/tenant';

/** The catalogue. */
export default function ProductsPage() {
  const application = useApplication();
  const products = useQuery({
    queryKey: ['products'],
    queryFn: ({ signal }) => allItems(application.listProducts, {}, { signal }),
  });
  return (
    <Page title={TENANT.products.title}>
      {products.error && <ProblemAlert error={products.error} onRetry={() => void products.refetch()} />}
      <Table
        variant="container"
        loading={products.isPending}
        loadingText={TENANT.products.loading}
        empty={TENANT.products.none}
        ariaLabels={{ tableLabel: TENANT.products.title }}
        items={products.data ?? []}
        trackBy="productId"
        columnDefinitions={[
          { id: 'name', header: TENANT.products.name, cell: ({ name }) => name, isRowHeader: true },
          { id: 'sku', header: TENANT.products.sku, cell: ({ sku }) => sku },
          { id: 'category', header: TENANT.products.category, cell: ({ category }) => category },
          { id: 'price', header: TENANT.products.price, cell: ({ price }) => price.toFixed(2) },
        ]}
      />
    </Page>
  );
}
