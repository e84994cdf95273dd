import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import type { TenantConfig } from '@granary/api';
import { applicationClient, NotFoundError } from '@granary/client';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { HashRouter } from 'react-router';
import { ApplicationClientProvider } from '../api-access/clients';
import { useConfiguration } from '../configuration/configuration-context';
import { ProblemAlert } from '../problem/problem-alert';
import { CognitoDirectory } from '../session/cognito-directory';
import { SessionGate } from '../session/session-gate';
import type { Session } from '../session/sign-in-step';
import { Loading } from '../shell/loading';
import { NarrowPage } from '../shell/narrow-page';
import { TENANT } from '../strings/en/tenant';
import { useRouting } from './routing-client';
import { isTenantName } from './tenant-name';
import { TenantPages } from './tenant-pages';

export interface TenantDoorProps {
  readonly name: string;
  /** The person wants another tenant. */
  readonly onOther: () => void;
}

/** Finds the deployment of a tenant, and lets its users in. */
export function TenantDoor({ name, onOther }: TenantDoorProps) {
  const routing = useRouting();
  const valid = isTenantName(name);
  const tenant = useQuery({
    queryKey: ['tenant-config', name],
    queryFn: ({ signal }) => routing.getTenantConfig({ params: { tenantName: name } }, { signal }),
    enabled: valid,
    staleTime: 60_000,
  });
  const other = <Button onClick={onOther}>{TENANT.door.other}</Button>;
  if (tenant.data) return <SignedIn tenant={tenant.data} onOther={onOther} />;
  if (!valid || tenant.error instanceof NotFoundError)
    return (
      <NarrowPage title={TENANT.finder.title}>
        <div role="alert">
          <Alert type="warning" header={TENANT.door.unknown(name)} action={other}>
            {TENANT.door.unknownText}
          </Alert>
        </div>
      </NarrowPage>
    );
  return (
    <NarrowPage title={TENANT.finder.title}>
      {tenant.error ? (
        <ProblemAlert error={tenant.error} onRetry={() => void tenant.refetch()} />
      ) : (
        <Loading what={TENANT.door.looking(name)} />
      )}
      {other}
    </NarrowPage>
  );
}

function SignedIn({ tenant, onOther }: { readonly tenant: TenantConfig; readonly onOther: () => void }) {
  const configuration = useConfiguration();
  const directory = useMemo(() => {
    const { region, userPoolId, userPoolClientId: clientId } = tenant;
    return new CognitoDirectory({ region, userPoolId, clientId }, configuration);
  }, [tenant, configuration]);
  // Tenants of one pool share its users' directory: who belongs to another tenant can sign in, but not here.
  const refuse = ({ person }: Session) =>
    person.tenantId === tenant.tenantId ? undefined : TENANT.door.foreign(tenant.name);
  return (
    <SessionGate
      directory={directory}
      title={tenant.name}
      refuse={refuse}
      footer={
        <Button variant="link" onClick={onOther}>
          {TENANT.door.other}
        </Button>
      }
    >
      {(session) => (
        <ApplicationClientProvider
          value={applicationClient({ baseUrl: tenant.apiUrl, token: () => session.token() })}
        >
          <HashRouter>
            <TenantPages tenant={tenant} />
          </HashRouter>
        </ApplicationClientProvider>
      )}
    </SessionGate>
  );
}
