import { controlClient } from '@granary/client';
import { lazy, useMemo } from 'react';
import { HashRouter, Route, Routes } from 'react-router';
import { ControlClientProvider } from '../api-access/clients';
import type { PageConfiguration } from '../configuration/page-configuration';
import { CognitoDirectory } from '../session/cognito-directory';
import { useSession } from '../session/session-context';
import { SessionGate } from '../session/session-gate';
import { NoSuchPage } from '../shell/no-such-page';
import { Shell } from '../shell/shell';
import { NotSetUp } from '../start/not-set-up';
import { OPERATOR } from '../strings/en/operator';

const TenantsPage = lazy(() => import('./tenants-page'));

/** The list at the side; a page is a lazy module of its own, so that nobody loads what they do not open. */
const PAGES = [{ type: 'link', text: OPERATOR.tenants.title, href: '#/tenants' }] as const;

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
          <HashRouter>
            <Pages application={configuration.application} />
          </HashRouter>
        </ControlClientProvider>
      )}
    </SessionGate>
  );
}

function Pages({ application }: { readonly application: string }) {
  const { person, signOut } = useSession();
  return (
    <Shell title={OPERATOR.title(application)} person={person} onSignOut={signOut} pages={PAGES}>
      <Routes>
        <Route path="/" element={<TenantsPage />} />
        <Route path="/tenants" element={<TenantsPage />} />
        <Route path="*" element={<NoSuchPage />} />
      </Routes>
    </Shell>
  );
}
