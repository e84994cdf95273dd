import { QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense, useMemo, useState } from 'react';
import { createQueryClient } from '../api-access/query-client';
import type { PageConfiguration } from '../configuration/page-configuration';
import { Loading } from '../shell/loading';
import { BuyerClientProvider, buyerClient } from './buyer-client';
import { keepRegistration, keptRegistration } from './kept-registration';

const SignUpForm = lazy(() => import('./sign-up-form'));
const ProgressPage = lazy(() => import('./progress-page'));

/** The page where buyers ask for a tenant. Nobody signs in. */
export function SignUp({ configuration }: { readonly configuration: PageConfiguration }) {
  const buyer = useMemo(() => buyerClient(configuration.controlApiUrl), [configuration]);
  const queries = useMemo(() => createQueryClient(() => undefined), []);
  const [registrationId, setRegistrationId] = useState(() => keptRegistration(sessionStorage));
  const follow = (next: string | undefined) => {
    keepRegistration(sessionStorage, next);
    setRegistrationId(next);
  };
  return (
    <BuyerClientProvider value={buyer}>
      <QueryClientProvider client={queries}>
        <Suspense fallback={<Loading />}>
          {registrationId === undefined ? (
            <SignUpForm onRegistered={follow} />
          ) : (
            <ProgressPage
              key={registrationId}
              registrationId={registrationId}
              onReady={() => keepRegistration(sessionStorage, undefined)}
              onAgain={() => follow(undefined)}
            />
          )}
        </Suspense>
      </QueryClientProvider>
    </BuyerClientProvider>
  );
}
