import { QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { createQueryClient } from '../api-access/query-client';
import { endsSession } from '../problem/problem-text';
import { SessionProvider } from './session-context';
import { SignInPage } from './sign-in-page';
import { type Session, SignInError, type UserDirectory } from './sign-in-step';

export interface SessionGateProps {
  readonly directory: UserDirectory;
  /** Over the form: who asks. */
  readonly title: string;
  /** Under the form. @default nothing */
  readonly footer?: ReactNode;
  /** Whether this person belongs here; a text says why not. @default everybody does */
  readonly refuse?: (session: Session) => string | undefined;
  readonly children: (session: Session) => ReactNode;
}

/** Shows what is behind it to who is signed in, and the sign-in to everybody else. */
export function SessionGate({ directory, title, footer, refuse, children }: SessionGateProps) {
  const [session, setSession] = useState<Session>();
  const [ended, setEnded] = useState<SignInError>();
  const [refusal, setRefusal] = useState<string>();

  const enter = (next: Session) => {
    const reason = refuse?.(next);
    setRefusal(reason);
    setEnded(undefined);
    if (reason === undefined) setSession(next);
    else void next.signOut();
  };
  const leave = useCallback((error?: SignInError) => {
    setEnded(error);
    setSession((now) => {
      void now?.signOut();
      return undefined;
    });
  }, []);
  const inUse = useMemo(
    () => session && { session, person: session.person, signOut: () => leave() },
    [session, leave],
  );
  // One per session: nobody sees what was kept for somebody else.
  const queries = useMemo(
    () =>
      session &&
      createQueryClient((error) => {
        if (endsSession(error)) leave(new SignInError('ended', 'the API refused the token'));
      }),
    [session, leave],
  );

  if (!session || !inUse || !queries)
    return (
      <SignInPage
        directory={directory}
        title={title}
        footer={footer}
        ended={ended}
        refusal={refusal}
        onSignedIn={enter}
      />
    );
  return (
    <SessionProvider value={inUse}>
      <QueryClientProvider client={queries}>{children(session)}</QueryClientProvider>
    </SessionProvider>
  );
}
