import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { Operation, Tenant } from '@granary/api';
import { NotFoundError } from '@granary/client';
import { useControl } from '../../api-access/clients';
import { type PagedList, usePagedList } from '../../api-access/paged-list';
import { ProblemAlert } from '../../problem/problem-alert';
import { Loading } from '../../shell/loading';
import { LISTING } from '../../strings/en/operator/listing';
import { OPERATIONS } from '../../strings/en/operator/operations';
import { TENANT_PAGE } from '../../strings/en/operator/tenant';
import { LIVE_MS, useAnswer } from '../answer/use-answer';
import { actorName } from '../format/actor-name';
import { instant } from '../format/instant';
import { StateIndicator } from '../status/state-indicator';
import { isUnderWay } from '../steps/operation-orders';
import { OperationOrders } from '../steps/operation-orders-bar';
import { StepList } from '../steps/step-list';
import { TenantReceipt } from './tenant-receipt';

/** What the tenant is, what is under way, and its life so far. */
export function TenantOverview({ tenant }: { readonly tenant: Tenant }) {
  const { tenantId, status } = tenant;
  const control = useControl();
  const operations = usePagedList(
    ['operations', 'of', tenantId],
    (query, signal) => control.listOperations({ query: { ...query, tenantId } }, { signal }),
    { again: () => LIVE_MS },
  );
  return (
    <SpaceBetween size="l">
      <Facts tenant={tenant} />
      {(status === 'offboarded' || status === 'offboarding') && <TenantReceipt tenantId={tenantId} />}
      {operations.error !== null && <ProblemAlert error={operations.error} onRetry={operations.refresh} />}
      {operations.pending ? <Loading /> : <Life operations={operations} createdAt={tenant.createdAt} />}
    </SpaceBetween>
  );
}

function Facts({ tenant }: { readonly tenant: Tenant }) {
  const { tenantId, deploymentId } = tenant;
  const config = useAnswer(['config', tenantId], (control, signal) =>
    control.getTenantConfig({ params: { tenantName: tenantId } }, { signal }).catch((error) => {
      // Who is not let in has no address: that is no fault.
      if (error instanceof NotFoundError) return null;
      throw error;
    }),
  );
  return (
    <Container>
      <KeyValuePairs
        columns={3}
        items={[
          { label: TENANT_PAGE.id, value: tenantId },
          { label: TENANT_PAGE.state, value: <StateIndicator state={tenant.status} /> },
          { label: TENANT_PAGE.tier, value: `${tenant.tier} (${tenant.model})` },
          {
            label: TENANT_PAGE.deployment,
            value: <Link href={`#/deployments/${deploymentId}`}>{deploymentId}</Link>,
          },
          { label: TENANT_PAGE.administrator, value: tenant.adminEmail },
          { label: TENANT_PAGE.address, value: config.data?.apiUrl ?? TENANT_PAGE.notReachable },
          { label: TENANT_PAGE.created, value: instant(tenant.createdAt) },
          { label: TENANT_PAGE.changed, value: instant(tenant.updatedAt) },
        ]}
      />
    </Container>
  );
}

function Life({
  operations: { items, more, loadingMore },
  createdAt,
}: {
  readonly operations: PagedList<Operation>;
  readonly createdAt: string;
}) {
  return (
    <Container
      header={
        <Header variant="h2" description={TENANT_PAGE.lifeText}>
          {TENANT_PAGE.life}
        </Header>
      }
    >
      <SpaceBetween size="s">
        {items.length === 0 && <Box>{TENANT_PAGE.lifeNone}</Box>}
        {items.map((operation) => (
          <Event key={operation.operationId} operation={operation} />
        ))}
        {more ? (
          <Button loading={loadingMore} onClick={more}>
            {LISTING.older}
          </Button>
        ) : (
          <Box color="text-body-secondary">
            {instant(createdAt)}: {TENANT_PAGE.born}
          </Box>
        )}
      </SpaceBetween>
    </Container>
  );
}

/** One operation of its life; open while it needs somebody or goes on. */
function Event({ operation }: { readonly operation: Operation }) {
  const { kind, status, createdAt, requestedBy, steps } = operation;
  return (
    <ExpandableSection
      key={status}
      defaultExpanded={status === 'failed' || isUnderWay(status)}
      headerText={`${instant(createdAt)}: ${OPERATIONS.kinds[kind]}, ${status}`}
      headerDescription={actorName(requestedBy, OPERATIONS.anonymous)}
      headerActions={<OperationOrders operation={operation} />}
      variant="container"
      headingTagOverride="h3"
    >
      <StepList steps={steps} />
    </ExpandableSection>
  );
}
