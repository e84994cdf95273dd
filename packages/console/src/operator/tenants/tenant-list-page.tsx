import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import Pagination from '@cloudscape-design/components/pagination';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import { useMemo, useState } from 'react';
import { ProblemAlert } from '../../problem/problem-alert';
import { useSession } from '../../session/session-context';
import { Page } from '../../shell/page';
import { TENANTS } from '../../strings/en/operator/tenants';
import { mayCall } from '../access/may-call';
import { useAll } from '../answer/use-all';
import { instant } from '../format/instant';
import { releaseName } from '../format/release-name';
import { WholeWords } from '../format/whole-words';
import { StateIndicator } from '../status/state-indicator';
import { TenantFilters } from './tenant-filters';
import {
  filterTenants,
  type Sort,
  sortTenants,
  type TenantQuery,
  type TenantRow,
  tenantIndex,
} from './tenant-index';

const PAGE_SIZE = 50;
/** Ten thousand tenants are a hundred calls. */
const AGAIN_MS = 60_000;
const NONE = [] as const;

/** The tenants of the platform, narrowed down in the browser. */
export default function TenantListPage() {
  const { person } = useSession();
  const tenants = useAll(['tenants'], (control) => control.listTenants, AGAIN_MS);
  const deployments = useAll(['deployments'], (control) => control.listDeployments, AGAIN_MS);
  const [query, setQuery] = useState<TenantQuery>({});
  const [order, setOrder] = useState<{ readonly sort: Sort; readonly descending: boolean }>({
    sort: 'tenantId',
    descending: false,
  });
  const [page, setPage] = useState(1);
  const index = useMemo(
    () => tenantIndex(tenants.data ?? NONE, deployments.data ?? NONE),
    [tenants.data, deployments.data],
  );
  const sorted = useMemo(
    () => ({ ...index, rows: sortTenants(index.rows, order.sort, order.descending) }),
    [index, order],
  );
  const found = useMemo(() => filterTenants(sorted, query), [sorted, query]);
  const pages = Math.max(1, Math.ceil(found.length / PAGE_SIZE));
  const shown = found.slice((Math.min(page, pages) - 1) * PAGE_SIZE, Math.min(page, pages) * PAGE_SIZE);
  const narrowed = found.length !== index.rows.length;
  const failed = tenants.error ? tenants : deployments.error ? deployments : undefined;
  const ask = (next: TenantQuery) => {
    setQuery(next);
    setPage(1);
  };
  return (
    <Page
      title={TENANTS.title}
      actions={
        mayCall('createTenant', person.role) && (
          <Button variant="primary" href="#/new-tenant">
            {TENANTS.create}
          </Button>
        )
      }
    >
      <SpaceBetween size="m">
        {failed && <ProblemAlert error={failed.error} onRetry={() => void failed.refetch()} />}
        <Table<TenantRow>
          variant="container"
          wrapLines
          items={shown}
          trackBy={({ tenant }) => tenant.tenantId}
          loading={tenants.isPending}
          loadingText={TENANTS.loaded(tenants.loaded)}
          ariaLabels={{ tableLabel: TENANTS.title }}
          empty={
            <Box textAlign="center" color="inherit">
              {index.rows.length === 0 ? TENANTS.none : TENANTS.noMatch}
            </Box>
          }
          header={
            <Header
              variant="h2"
              counter={
                narrowed
                  ? `(${found.length.toLocaleString('en')}/${index.rows.length.toLocaleString('en')})`
                  : `(${index.rows.length.toLocaleString('en')})`
              }
            >
              {TENANTS.title}
            </Header>
          }
          filter={<TenantFilters index={index} query={query} count={found.length} onChange={ask} />}
          pagination={
            pages > 1 && (
              <Pagination
                currentPageIndex={Math.min(page, pages)}
                pagesCount={pages}
                onChange={({ detail }) => setPage(detail.currentPageIndex)}
              />
            )
          }
          sortingColumn={{ sortingField: order.sort }}
          sortingDescending={order.descending}
          onSortingChange={({ detail }) => {
            setOrder({
              sort: detail.sortingColumn.sortingField as Sort,
              descending: detail.isDescending ?? false,
            });
            setPage(1);
          }}
          columnDefinitions={COLUMNS}
        />
      </SpaceBetween>
    </Page>
  );
}

const COLUMNS = [
  {
    id: 'tenantId',
    header: TENANTS.id,
    sortingField: 'tenantId',
    isRowHeader: true,
    cell: ({ tenant: { tenantId } }: TenantRow) => <Link href={`#/tenants/${tenantId}`}>{tenantId}</Link>,
  },
  { id: 'name', header: TENANTS.name, sortingField: 'name', cell: ({ tenant }: TenantRow) => tenant.name },
  {
    id: 'status',
    header: TENANTS.facets.status,
    sortingField: 'status',
    cell: ({ status }: TenantRow) => <StateIndicator state={status} />,
  },
  { id: 'tier', header: TENANTS.facets.tier, sortingField: 'tier', cell: ({ tier }: TenantRow) => tier },
  {
    id: 'cell',
    header: TENANTS.facets.cell,
    sortingField: 'cell',
    cell: ({ cell }: TenantRow) => <WholeWords text={cell} />,
  },
  { id: 'wave', header: TENANTS.facets.wave, sortingField: 'wave', cell: ({ wave }: TenantRow) => wave },
  {
    id: 'version',
    header: TENANTS.facets.version,
    sortingField: 'version',
    cell: ({ version }: TenantRow) => releaseName(version),
  },
  {
    id: 'createdAt',
    header: TENANTS.created,
    sortingField: 'createdAt',
    cell: ({ tenant }: TenantRow) => instant(tenant.createdAt),
  },
];
