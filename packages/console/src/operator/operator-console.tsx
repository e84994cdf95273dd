import { I18nProvider } from '@cloudscape-design/components/i18n';
import messages from '@cloudscape-design/components/i18n/messages/all.en';
import { controlClient } from '@granary/client';
import { lazy, useMemo } from 'react';
import { HashRouter, Navigate, Route, Routes } from 'react-router';
import { ControlClientProvider } from '../api-access/clients';
import type { PageConfiguration } from '../configuration/page-configuration';
import { CognitoDirectory } from '../session/cognito-directory';
import { useSession } from '../session/session-context';
import { SessionGate } from '../session/session-gate';
import { NoSuchPage } from '../shell/no-such-page';
import { Shell } from '../shell/shell';
import { NotSetUp } from '../start/not-set-up';
import { OPERATOR } from '../strings/en/operator';
import { NoticeBar, NoticesProvider } from './notices/notices';

const AuditPage = lazy(() => import('./audit/audit-page'));
const CostsPage = lazy(() => import('./costs/costs-page'));
const DeploymentPage = lazy(() => import('./fleet/deployment-page'));
const FleetPage = lazy(() => import('./fleet/fleet-page'));
const HealthPage = lazy(() => import('./health/health-page'));
const NewTenantPage = lazy(() => import('./tenants/new-tenant-page'));
const OperationListPage = lazy(() => import('./operations/operation-list-page'));
const OperationPage = lazy(() => import('./operations/operation-page'));
const OperatorsPage = lazy(() => import('./operators/operators-page'));
const RegistrationListPage = lazy(() => import('./registrations/registration-list-page'));
const RegistrationPage = lazy(() => import('./registrations/registration-page'));
const ReleaseListPage = lazy(() => import('./releases/release-list-page'));
const ReleasePage = lazy(() => import('./releases/release-page'));
const TenantListPage = lazy(() => import('./tenants/tenant-list-page'));
const TenantPage = lazy(() => import('./tenant/tenant-page'));

/** The list at the side; a page is a lazy module of its own, so that nobody loads what they do not open. */
const PAGES = Object.entries(OPERATOR.pages).map(([path, text]) => ({
  type: 'link' as const,
  text,
  href: `#/${path}`,
}));

/** The console of who runs the platform. */
export function OperatorConsole({ configuration }: { readonly configuration: PageConfiguration }) {
  const { operators } = configuration;
  const directory = useMemo(
    () => operators && new CognitoDirectory(operators, configuration),
    [operators, configuration],
  );
  if (!directory) return <NotSetUp reason={OPERATOR.noPool} />;
  return (
    <SessionGate
      directory={directory}
      title={OPERATOR.signIn(configuration.application)}
      refuse={({ person }) => (person.tenantId === undefined ? undefined : OPERATOR.notAnOperator)}
    >
      {(session) => (
        <ControlClientProvider
          value={controlClient({ baseUrl: configuration.controlApiUrl, token: () => session.token() })}
        >
          <I18nProvider locale="en" messages={[messages]}>
            <NoticesProvider>
              <HashRouter>
                <Pages application={configuration.application} />
              </HashRouter>
            </NoticesProvider>
          </I18nProvider>
        </ControlClientProvider>
      )}
    </SessionGate>
  );
}

function Pages({ application }: { readonly application: string }) {
  const { person, signOut } = useSession();
  return (
    <Shell
      title={OPERATOR.title(application)}
      person={person}
      onSignOut={signOut}
      pages={PAGES}
      notifications={<NoticeBar />}
    >
      <Routes>
        <Route path="/" element={<Navigate to="/tenants" replace />} />
        <Route path="/tenants" element={<TenantListPage />} />
        <Route path="/tenants/:tenantId" element={<TenantPage />} />
        <Route path="/new-tenant" element={<NewTenantPage />} />
        <Route path="/registrations" element={<RegistrationListPage />} />
        <Route path="/registrations/:registrationId" element={<RegistrationPage />} />
        <Route path="/operations" element={<OperationListPage />} />
        <Route path="/operations/:operationId" element={<OperationPage />} />
        <Route path="/releases" element={<ReleaseListPage />} />
        <Route path="/releases/:runId" element={<ReleasePage />} />
        <Route path="/fleet" element={<FleetPage />} />
        <Route path="/deployments/:deploymentId" element={<DeploymentPage />} />
        <Route path="/health" element={<HealthPage />} />
        <Route path="/costs" element={<CostsPage />} />
        <Route path="/audit" element={<AuditPage />} />
        <Route path="/operators" element={<OperatorsPage />} />
        <Route path="*" element={<NoSuchPage />} />
      </Routes>
    </Shell>
  );
}
