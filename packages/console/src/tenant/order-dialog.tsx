import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import type { Order } from '@granary/api';
import { useApplication } from '../api-access/clients';
import { usePagedList } from '../api-access/paged-list';
import { TextField } from '../form/text-field';
import { ProblemAlert } from '../problem/problem-alert';
import { TENANT } from '../strings/en/tenant';
import { checkOrder, draftOfOrder, EMPTY_ORDER, withLine } from './order-draft';
import { OrderLineFields } from './order-line-fields';
import { RecordDialog } from './record-dialog';

const { orders: WORDS } = TENANT;

export interface OrderDialogProps {
  /** What is changed. @default a new one is placed */
  readonly order: Order | undefined;
  readonly onClose: () => void;
}

/** Places an order, or changes one. */
export function OrderDialog({ order, onClose }: OrderDialogProps) {
  const application = useApplication();
  const products = usePagedList(['products'], (query, signal) =>
    application.listProducts({ query }, { signal }),
  );
  return (
    <RecordDialog
      title={order ? WORDS.changeTitle(order.orderName) : WORDS.addTitle}
      submit={order ? TENANT.save : WORDS.place}
      item={order}
      draftOf={(item) => (item ? draftOfOrder(item) : EMPTY_ORDER)}
      check={checkOrder}
      save={(body, read) =>
        read
          ? application.updateOrder({ params: { orderId: read.orderId }, body, version: read.version })
          : application.createOrder({ body })
      }
      reload={({ orderId }) => application.getOrder({ params: { orderId } })}
      changes="orders"
      onClose={onClose}
    >
      {({ draft, change, faults, read }) => (
        <>
          <TextField
            label={WORDS.orderName}
            value={draft.orderName}
            onChange={(orderName) => change((now) => ({ ...now, orderName }))}
            fault={faults.orderName}
          />
          {products.error !== null && <ProblemAlert error={products.error} onRetry={products.refresh} />}
          <FormField stretch label={WORDS.lines} errorText={faults.orderProducts}>
            <div className="form-fields">
              {draft.lines.map((line, index) => (
                <OrderLineFields
                  key={line.key}
                  line={line}
                  position={index + 1}
                  known={read?.orderProducts ?? []}
                  products={products}
                  draft={draft}
                  onChange={(next) => change(() => next)}
                />
              ))}
            </div>
          </FormField>
          <Button formAction="none" iconName="add-plus" onClick={() => change(withLine)}>
            {WORDS.addLine}
          </Button>
        </>
      )}
    </RecordDialog>
  );
}
