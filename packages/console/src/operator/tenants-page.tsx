import Table from '@cloudscape-design/components/table';
import { useQuery } from '@tanstack/react-query';
import { useControl } from '../api-access/clients';
import { ProblemAlert } from '../problem/problem-alert';
import { Page } from '../shell/page';
import { OPERATOR } from '../strings/en/operator';

/** The tenants of the platform, as the control plane lists them. */
export default function TenantsPage() {
  const control = useControl();
  const tenants = useQuery({
    queryKey: ['tenants'],
    queryFn: ({ signal }) => control.listTenants({ query: { limit: 100 } }, { signal }),
    refetchInterval: 15_000,
  });
  return (
    <Page title={OPERATOR.tenants.title}>
      {tenants.error && <ProblemAlert error={tenants.error} onRetry={() => void tenants.refetch()} />}
      <Table
        variant="container"
        loading={tenants.isPending}
        loadingText={OPERATOR.tenants.loading}
        empty={OPERATOR.tenants.none}
        ariaLabels={{ tableLabel: OPERATOR.tenants.title }}
        items={tenants.data?.items ?? []}
        trackBy="tenantId"
        columnDefinitions={[
          {
            id: 'tenantId',
            header: OPERATOR.tenants.id,
            cell: ({ tenantId }) => tenantId,
            isRowHeader: true,
          },
          { id: 'name', header: OPERATOR.tenants.name, cell: ({ name }) => name },
          { id: 'tier', header: OPERATOR.tenants.tier, cell: ({ tier }) => tier },
          { id: 'status', header: OPERATOR.tenants.status, cell: ({ status }) => status },
        ]}
      />
    </Page>
  );
}
