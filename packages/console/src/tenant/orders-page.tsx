import Button from '@cloudscape-design/components/button';
import Link from '@cloudscape-design/components/link';
import type { Order } from '@granary/api';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useApplication } from '../api-access/clients';
import { usePagedList } from '../api-access/paged-list';
import { ConfirmDialog } from '../form/confirm-dialog';
import { useSession } from '../session/session-context';
import { Page } from '../shell/page';
import { TENANT } from '../strings/en/tenant';
import { OrderDialog } from './order-dialog';
import { amountText } from './product-draft';
import { RecordTable } from './record-table';
import { RowActions } from './row-actions';
import { timeText } from './time-text';

const { orders: WORDS } = TENANT;

type Open = { readonly what: 'new' } | { readonly what: 'change' | 'delete'; readonly order: Order };

/** The orders. */
export default function OrdersPage() {
  const application = useApplication();
  const queries = useQueryClient();
  const { person } = useSession();
  const [open, setOpen] = useState<Open>();
  const orders = usePagedList(['orders'], (query, signal) => application.listOrders({ query }, { signal }));
  const remove = useMutation({
    mutationFn: ({ orderId, version }: Order) => application.deleteOrder({ params: { orderId }, version }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['orders'] }),
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
        list={orders}
        words={WORDS}
        trackBy="orderId"
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
          {
            id: 'actions',
            header: TENANT.actions,
            cell: (order) => (
              <RowActions
                of={order.orderName}
                actions={[
                  { text: TENANT.change, onClick: () => setOpen({ what: 'change', order }) },
                  ...(person.role === 'TenantAdmin'
                    ? [{ text: TENANT.delete, onClick: () => setOpen({ what: 'delete', order }) }]
                    : []),
                ]}
              />
            ),
          },
        ]}
      />
      {open?.what === 'new' && <OrderDialog onClose={close} />}
      {open?.what === 'change' && <OrderDialog order={open.order} onClose={close} />}
      {open?.what === 'delete' && (
        <ConfirmDialog
          title={WORDS.deleteTitle(open.order.orderName)}
          text={WORDS.deleteText}
          confirm={TENANT.delete}
          onClose={close}
          onConfirm={async () => {
            await remove.mutateAsync(open.order);
            close();
          }}
        />
      )}
    </Page>
  );
}
