import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { controlClient } from '@granary/client';
import { QueryClientProvider, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { ControlClientProvider, useControl } from '../api-access/clients';
import { createQueryClient } from '../api-access/query-client';
import type { PageConfiguration } from '../configuration/page-configuration';
import { ProblemAlert } from '../problem/problem-alert';
import { Loading } from '../shell/loading';
import { CONTENT_ID, SkipLink } from '../shell/skip-link';
import { TopBar } from '../shell/top-bar';
import { SIGN_UP } from '../strings/en/sign-up';

/** The page where buyers ask for a tenant. Nobody signs in. */
export function SignUp({ configuration }: { readonly configuration: PageConfiguration }) {
  const control = useMemo(() => controlClient({ baseUrl: configuration.controlApiUrl }), [configuration]);
  const queries = useMemo(() => createQueryClient(() => undefined), []);
  return (
    <ControlClientProvider value={control}>
      <QueryClientProvider client={queries}>
        <SkipLink />
        <TopBar title={configuration.application} />
        <main id={CONTENT_ID} tabIndex={-1}>
          <Box padding="l">
            <SpaceBetween size="l">
              <Box variant="h1">{SIGN_UP.title(configuration.application)}</Box>
              <Plans />
            </SpaceBetween>
          </Box>
        </main>
      </QueryClientProvider>
    </ControlClientProvider>
  );
}

function Plans() {
  const control = useControl();
  const plans = useQuery({ queryKey: ['plans'], queryFn: ({ signal }) => control.listPlans({}, { signal }) });
  if (plans.isPending) return <Loading what={SIGN_UP.loadingPlans} />;
  if (plans.error) return <ProblemAlert error={plans.error} onRetry={() => void plans.refetch()} />;
  return (
    <ul>
      {plans.data.plans.map(({ tier, model }) => (
        <li key={tier}>
          {tier}: {SIGN_UP.models[model]}
        </li>
      ))}
    </ul>
  );
}
