import { createContext, useContext } from 'react';
import type { Person, Session } from './sign-in-step';

export interface SessionInUse {
  readonly session: Session;
  readonly person: Person;
  /** Ends the session and shows the sign-in. */
  signOut(): void;
}

const SessionContext = createContext<SessionInUse | undefined>(undefined);

export const SessionProvider = SessionContext.Provider;

/** Who is signed in; only below a SessionGate. */
export function useSession(): SessionInUse {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useSession: there is no SessionGate around it');
  return session;
}
