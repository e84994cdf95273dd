import Container from '@cloudscape-design/components/container';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import { orderIdSchema } from '@granary/api';
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

const { orders: WORDS } = TENANT;

/** One order with its lines: where a link leads. */
export default function OrderPage() {
  const { orderId = '' } = useParams();
  const application = useApplication();
  const valid = orderIdSchema.safeParse(orderId).success;
  const order = useQuery({
    queryKey: ['orders', orderId],
    queryFn: ({ signal }) => application.getOrder({ params: { orderId } }, { signal }),
    enabled: valid,
  });
  if (!valid) return <NoSuchPage />;
  const { data, error } = order;
  return (
    <Page title={data?.orderName ?? WORDS.one} actions={<Link href="#/orders">{WORDS.all}</Link>}>
      {error && <ProblemAlert error={error} onRetry={() => void order.refetch()} />}
      {order.isPending && <Loading what={WORDS.loading} />}
      {data && (
        <SpaceBetween size="l">
          <Container>
            <KeyValuePairs
              columns={4}
              items={[
                { label: WORDS.total, value: amountText(data.total) },
                { label: TENANT.version, value: String(data.version) },
                { label: TENANT.createdAt, value: timeText(data.createdAt) },
                { label: TENANT.updatedAt, value: timeText(data.updatedAt) },
              ]}
            />
          </Container>
          <Table
            wrapLines
            ariaLabels={{ tableLabel: WORDS.lines }}
            items={data.orderProducts}
            columnDefinitions={[
              { id: 'name', header: TENANT.products.name, cell: ({ name }) => name, isRowHeader: true },
              { id: 'quantity', header: WORDS.quantityTitle, cell: ({ quantity }) => quantity },
              { id: 'price', header: TENANT.products.price, cell: ({ price }) => amountText(price) },
              { id: 'sum', header: WORDS.sum, cell: ({ price, quantity }) => amountText(price * quantity) },
            ]}
          />
        </SpaceBetween>
      )}
    </Page>
  );
}
