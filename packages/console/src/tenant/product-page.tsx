import Container from '@cloudscape-design/components/container';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Link from '@cloudscape-design/components/link';
import { productIdSchema } from '@granary/api';
import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { useApplication } from '../api-access/clients';
import { ProblemAlert } from '../problem/problem-alert';
import { Loading } from '../shell/loading';
import { NoSuchPage } from '../shell/no-such-page';
import { Page } from '../shell/page';
import { TENANT } from '../strings/en/tenant';
import { amountText } from './product-draft';
import { timeText } from './time-text';

const { products: WORDS } = TENANT;

/** One product: where a link leads. */
export default function ProductPage() {
  const { productId = '' } = useParams();
  const application = useApplication();
  const valid = productIdSchema.safeParse(productId).success;
  const product = useQuery({
    queryKey: ['products', productId],
    queryFn: ({ signal }) => application.getProduct({ params: { productId } }, { signal }),
    enabled: valid,
  });
  if (!valid) return <NoSuchPage />;
  const { data, error } = product;
  return (
    <Page title={data?.name ?? WORDS.one} actions={<Link href="#/products">{WORDS.all}</Link>}>
      {error && <ProblemAlert error={error} onRetry={() => void product.refetch()} />}
      {product.isPending && <Loading what={WORDS.loading} />}
      {data && (
        <Container>
          <KeyValuePairs
            columns={3}
            items={[
              { label: WORDS.sku, value: data.sku },
              { label: WORDS.category, value: data.category },
              { label: WORDS.price, value: amountText(data.price) },
              { label: TENANT.version, value: String(data.version) },
              { label: TENANT.createdAt, value: timeText(data.createdAt) },
              { label: TENANT.updatedAt, value: timeText(data.updatedAt) },
            ]}
          />
        </Container>
      )}
    </Page>
  );
}
