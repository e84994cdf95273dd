import type { Operation } from '@granary/api';
import { OPERATIONS } from '../../strings/en/operator/operations';
import { OrderButton } from '../order/order-button';
import { OrdersBar } from '../order/orders-bar';
import { operationOrders } from './operation-orders';

/** What a person may order of an operation as it is. */
export function OperationOrders({ operation }: { readonly operation: Operation }) {
  const { operationId, kind, tenantId } = operation;
  const params = { operationId };
  const name = OPERATIONS.one(OPERATIONS.kinds[kind], tenantId);
  return (
    <OrdersBar orders={operationOrders(operation)}>
      {(order) => {
        if (order === 'retry')
          return (
            <OrderButton
              operation="retryOperation"
              label={OPERATIONS.retry}
              ariaLabel={`${OPERATIONS.retry}: ${name}`}
              run={(control) => control.retryOperation({ params })}
              done={OPERATIONS.retryDone}
            />
          );
        if (order === 'cancel')
          return (
            <OrderButton
              operation="cancelOperation"
              label={OPERATIONS.cancel}
              ariaLabel={`${OPERATIONS.cancel}: ${name}`}
              title={OPERATIONS.cancelTitle}
              text={OPERATIONS.cancelText}
              run={(control) => control.cancelOperation({ params })}
              done={OPERATIONS.cancelDone}
            />
          );
        return (
          <OrderButton
            operation="confirmOperation"
            label={OPERATIONS.confirm}
            ariaLabel={`${OPERATIONS.confirm}: ${name}`}
            title={OPERATIONS.confirmTitle}
            text={kind === 'move' ? OPERATIONS.confirmMove : OPERATIONS.confirmOffboarding}
            typed={tenantId}
            run={(control) => control.confirmOperation({ params })}
            done={OPERATIONS.confirmDone}
          />
        );
      }}
    </OrdersBar>
  );
}
