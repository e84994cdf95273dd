import Tabs from '@cloudscape-design/components/tabs';
import type { Tenant } from '@granary/api';
import type { ReactNode } from 'react';
import { useParams, useSearchParams } from 'react-router';
import { Page } from '../../shell/page';
import { TENANT_PAGE } from '../../strings/en/operator/tenant';
import { Answered } from '../answer/answered';
import { LIVE_MS, useAnswer } from '../answer/use-answer';
import { AuditTrail } from '../audit-trail/audit-trail';
import { ChainVerification } from '../audit-trail/chain-verification';
import { DeploymentView } from '../deployment/deployment-view';
import { TenantInvoices } from './tenant-invoices';
import { TenantOrders } from './tenant-orders-bar';
import { TenantOverview } from './tenant-overview';
import { TenantQuotaView } from './tenant-quota';
import { TenantSupport } from './tenant-support';
import { TenantUsageView } from './tenant-usage';
import { TenantUsers } from './tenant-users';

type Tab = keyof typeof TENANT_PAGE.tabs;

/** One tenant, with all that is known of it and can be done to it. */
export default function TenantPage() {
  const { tenantId = '' } = useParams();
  const [search, setSearch] = useSearchParams();
  const tenant = useAnswer(
    ['tenant', tenantId],
    (control, signal) => control.getTenant({ params: { tenantId } }, { signal }),
    { again: LIVE_MS * 3 },
  );
  const { data } = tenant;
  return (
    <Page title={data?.name ?? tenantId} actions={data && <TenantOrders tenant={data} />}>
      <Answered query={tenant}>
        {(found) => (
          <Tabs
            ariaLabel={TENANT_PAGE.tabsOf(found.name)}
            activeTabId={search.get('tab') ?? 'overview'}
            onChange={({ detail }) => setSearch({ tab: detail.activeTabId }, { replace: true })}
            tabs={(Object.keys(TENANT_PAGE.tabs) as Tab[]).map((id) => ({
              id,
              label: TENANT_PAGE.tabs[id],
              contentRenderStrategy: 'active',
              content: contentOf(id, found),
            }))}
          />
        )}
      </Answered>
    </Page>
  );
}

function contentOf(tab: Tab, tenant: Tenant): ReactNode {
  const { tenantId, deploymentId } = tenant;
  switch (tab) {
    case 'overview':
      return <TenantOverview tenant={tenant} />;
    case 'users':
      return <TenantUsers tenantId={tenantId} />;
    case 'usage':
      return <TenantUsageView tenantId={tenantId} />;
    case 'quota':
      return <TenantQuotaView tenantId={tenantId} />;
    case 'deployment':
      return <DeploymentView deploymentId={deploymentId} />;
    case 'support':
      return <TenantSupport tenantId={tenantId} />;
    case 'invoices':
      return <TenantInvoices tenantId={tenantId} />;
    case 'audit':
      return (
        <>
          <AuditTrail filter={{ tenantId }} />
          <ChainVerification tenantId={tenantId} />
        </>
      );
  }
}
