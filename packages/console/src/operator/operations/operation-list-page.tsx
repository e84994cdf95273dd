import FormField from '@cloudscape-design/components/form-field';
import Link from '@cloudscape-design/components/link';
import Select from '@cloudscape-design/components/select';
import { OPERATION_STATUSES, type OperationStatus } from '@granary/api';
import { useState } from 'react';
import { useControl } from '../../api-access/clients';
import { usePagedList } from '../../api-access/paged-list';
import { Page } from '../../shell/page';
import { OPERATIONS } from '../../strings/en/operator/operations';
import { LIVE_MS } from '../answer/use-answer';
import { actorName } from '../format/actor-name';
import { instant } from '../format/instant';
import { listed } from '../listing/listed';
import { Listing } from '../listing/listing';
import { StateIndicator, stateName } from '../status/state-indicator';
import { currentStep } from '../steps/operation-orders';
import { OperationOrders } from '../steps/operation-orders-bar';

const ANY = { value: '', label: OPERATIONS.any };
const STATES = OPERATION_STATUSES.map((status) => ({ value: status, label: stateName(status) }));

/** What is being done to tenants, live. */
export default function OperationListPage() {
  const [status, setStatus] = useState<OperationStatus>();
  const control = useControl();
  const only = status === undefined ? {} : { status };
  const operations = usePagedList(
    ['operations', 'list', status],
    (query, signal) => control.listOperations({ query: { ...query, ...only } }, { signal }),
    { rows: 100, again: () => LIVE_MS * 2 },
  );
  return (
    <Page title={OPERATIONS.title}>
      <Listing
        title={OPERATIONS.title}
        {...listed(operations)}
        rowId={({ operationId }) => operationId}
        empty={OPERATIONS.none}
        filters={
          <FormField label={OPERATIONS.show}>
            <Select
              options={[ANY, ...STATES]}
              selectedOption={STATES.find(({ value }) => value === status) ?? ANY}
              onChange={({ detail }) =>
                setStatus((detail.selectedOption.value || undefined) as OperationStatus | undefined)
              }
            />
          </FormField>
        }
        columns={[
          {
            id: 'operation',
            header: OPERATIONS.id,
            cell: ({ operationId, kind, tenantId }) => (
              <Link href={`#/operations/${operationId}`}>
                {OPERATIONS.one(OPERATIONS.kinds[kind], tenantId)}
              </Link>
            ),
            text: ({ kind, tenantId }) => OPERATIONS.one(OPERATIONS.kinds[kind], tenantId),
          },
          {
            id: 'state',
            header: OPERATIONS.state,
            cell: ({ status: state }) => <StateIndicator state={state} />,
            text: ({ status: state }) => state,
          },
          { id: 'step', header: OPERATIONS.where, text: (operation) => currentStep(operation) ?? '–' },
          {
            id: 'by',
            header: OPERATIONS.by,
            text: ({ requestedBy }) => actorName(requestedBy, OPERATIONS.anonymous),
          },
          {
            id: 'created',
            header: OPERATIONS.created,
            cell: ({ createdAt }) => instant(createdAt),
            text: ({ createdAt }) => createdAt,
          },
          { id: 'orders', header: '', cell: (operation) => <OperationOrders operation={operation} /> },
        ]}
      />
    </Page>
  );
}
