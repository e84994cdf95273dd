import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import type { Order, OrderInput } from '@granary/api';
import { VersionMismatchError } from '@granary/client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useApplication } from '../api-access/clients';
import { usePagedList } from '../api-access/paged-list';
import { FormDialog } from '../form/form-dialog';
import { TextField } from '../form/text-field';
import { ProblemAlert } from '../problem/problem-alert';
import { TENANT } from '../strings/en/tenant';
import { checkOrder, draftOfOrder, EMPTY_ORDER, type OrderDraft, withLine } from './order-draft';
import { OrderLineFields } from './order-line-fields';

const { orders: WORDS } = TENANT;

export interface OrderDialogProps {
  /** What is changed. @default a new one is placed */
  readonly order?: Order;
  readonly onClose: () => void;
}

/** Places an order, or changes one that is still as it was read. */
export function OrderDialog({ order, onClose }: OrderDialogProps) {
  const application = useApplication();
  const queries = useQueryClient();
  const [read, setRead] = useState(order);
  const [draft, setDraft] = useState<OrderDraft>(order ? draftOfOrder(order) : EMPTY_ORDER);
  const { input, faults } = checkOrder(draft);
  const products = usePagedList(['products'], (query, signal) =>
    application.listProducts({ query }, { signal }),
  );

  const save = useMutation({
    mutationFn: (body: OrderInput) =>
      read
        ? application.updateOrder({ params: { orderId: read.orderId }, body, version: read.version })
        : application.createOrder({ body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['orders'] }),
  });
  const reload = useMutation({
    mutationFn: (orderId: string) => application.getOrder({ params: { orderId } }),
    onSuccess: (now) => {
      setRead(now);
      setDraft(draftOfOrder(now));
    },
  });
  return (
    <FormDialog
      key={read?.version ?? 0}
      title={order ? WORDS.changeTitle(order.orderName) : WORDS.addTitle}
      submit={order ? TENANT.save : WORDS.place}
      ready={input !== undefined}
      onClose={onClose}
      onSubmit={async () => {
        if (input) await save.mutateAsync(input);
        onClose();
      }}
      onReload={(error) =>
        read && error instanceof VersionMismatchError ? () => reload.mutate(read.orderId) : undefined
      }
    >
      {(tried) => (
        <>
          <TextField
            label={WORDS.orderName}
            value={draft.orderName}
            onChange={(orderName) => setDraft((now) => ({ ...now, orderName }))}
            fault={tried ? faults.orderName : undefined}
          />
          {products.error !== null && <ProblemAlert error={products.error} onRetry={products.refresh} />}
          <FormField stretch label={WORDS.lines} errorText={tried ? faults.orderProducts : undefined}>
            <div className="form-fields">
              {draft.lines.map((line, index) => (
                <OrderLineFields
                  key={line.key}
                  line={line}
                  position={index + 1}
                  known={read?.orderProducts ?? []}
                  products={products}
                  draft={draft}
                  onChange={setDraft}
                />
              ))}
            </div>
          </FormField>
          <Button formAction="none" iconName="add-plus" onClick={() => setDraft(withLine)}>
            {WORDS.addLine}
          </Button>
        </>
      )}
    </FormDialog>
  );
}
