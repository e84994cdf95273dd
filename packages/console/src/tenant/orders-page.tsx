import Link from '@cloudscape-design/components/link';
import { useApplication } from '../api-access/clients';
import { usePagedList } from '../api-access/paged-list';
import { useSession } from '../session/session-context';
import { TENANT } from '../strings/en/tenant';
import { OrderDialog } from './order-dialog';
import { amountText } from './product-draft';
import { RecordConfirmation } from './record-confirmation';
import { RecordList } from './record-list';
import { recordActions } from './row-actions';
import { timeText } from './time-text';

const { orders: WORDS } = TENANT;

/** The orders. */
export default function OrdersPage() {
  const application = useApplication();
  const { person } = useSession();
  const orders = usePagedList(['orders'], (query, signal) => application.listOrders({ query }, { signal }));
  return (
    <RecordList
      list={orders}
      words={WORDS}
      trackBy="orderId"
      nameOf={({ orderName }) => orderName}
      columns={[
        {
          id: 'name',
          header: WORDS.orderName,
          cell: ({ orderId, orderName }) => <Link href={`#/orders/${orderId}`}>{orderName}</Link>,
          isRowHeader: true,
        },
        { id: 'lines', header: WORDS.lines, cell: ({ orderProducts }) => orderProducts.length },
        { id: 'total', header: WORDS.total, cell: ({ total }) => amountText(total) },
        { id: 'createdAt', header: TENANT.createdAt, cell: ({ createdAt }) => timeText(createdAt) },
      ]}
      actions={() => recordActions(person.role)}
      dialog={(open, close) =>
        open.what === 'delete' ? (
          <RecordConfirmation
            title={WORDS.deleteTitle(open.item.orderName)}
            text={WORDS.deleteText}
            confirm={TENANT.delete}
            changes="orders"
            run={() =>
              application.deleteOrder({ params: { orderId: open.item.orderId }, version: open.item.version })
            }
            onClose={close}
          />
        ) : (
          <OrderDialog order={open.what === 'new' ? undefined : open.item} onClose={close} />
        )
      }
    />
  );
}
