import { TENANT_INVOICES } from '../../strings/en/operator/tenant';
import { useAnswer } from '../answer/use-answer';
import { instant } from '../format/instant';
import { Listing } from '../listing/listing';
import { money } from '../money/amount';
import { StateIndicator } from '../status/state-indicator';

/** The invoices of a tenant, with their lines. */
export function TenantInvoices({ tenantId }: { readonly tenantId: string }) {
  const invoices = useAnswer(
    ['invoices', tenantId],
    async (control, signal) => (await control.listInvoices({ params: { tenantId } }, { signal })).items,
  );
  return (
    <Listing
      title={TENANT_INVOICES.title}
      items={invoices.data ?? []}
      query={invoices}
      rowId={({ invoiceId }) => invoiceId}
      empty={TENANT_INVOICES.none}
      columns={[
        { id: 'month', header: TENANT_INVOICES.month, text: ({ month }) => month },
        {
          id: 'state',
          header: TENANT_INVOICES.state,
          cell: ({ status }) => <StateIndicator state={status} />,
        },
        {
          id: 'total',
          header: TENANT_INVOICES.total,
          text: ({ total, currency }) => money(total, currency),
          order: ({ total }) => total,
        },
        {
          id: 'lines',
          header: TENANT_INVOICES.lines,
          cell: ({ lines, currency }) => (
            <ul>
              {lines.map(({ kind, month, meterId, description, amount }) => (
                <li key={`${kind} ${month} ${meterId} ${description}`}>
                  {description}: {money(amount, currency)}
                </li>
              ))}
            </ul>
          ),
        },
        {
          id: 'issued',
          header: TENANT_INVOICES.issued,
          cell: ({ issuedAt }) => instant(issuedAt),
          text: ({ issuedAt }) => issuedAt,
        },
        { id: 'invoice', header: TENANT_INVOICES.invoice, text: ({ invoiceId }) => invoiceId },
      ]}
    />
  );
}
