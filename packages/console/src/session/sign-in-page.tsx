import Alert from '@cloudscape-design/components/alert';
import { type ReactNode, useState } from 'react';
import { ProblemAlert } from '../problem/problem-alert';
import { NarrowPage } from '../shell/narrow-page';
import { SIGN_IN } from '../strings/en/sign-in';
import { CredentialsForm } from './credentials-form';
import { ForgotPasswordForm } from './forgot-password-form';
import type { Session, SignInStep, UserDirectory } from './sign-in-step';
import { StepForm } from './step-form';

export interface SignInPageProps {
  readonly directory: UserDirectory;
  readonly title: string;
  readonly footer?: ReactNode;
  /** Why the last session is over. @default there was none, or it was left */
  readonly ended?: unknown;
  /** Why who just signed in does not belong here. @default nobody was turned away */
  readonly refusal?: string | undefined;
  readonly onSignedIn: (session: Session) => void;
}

type Place = { readonly at: 'credentials' } | { readonly at: 'forgot' } | SignInStepPlace;
interface SignInStepPlace {
  readonly at: 'step';
  readonly step: Exclude<SignInStep, { kind: 'signed-in' }>;
}

/** The way in: address and password, then whatever the user pool asks. */
export function SignInPage({ directory, title, footer, ended, refusal, onSignedIn }: SignInPageProps) {
  const [place, setPlace] = useState<Place>({ at: 'credentials' });
  const [reset, setReset] = useState(false);

  const go = (step: SignInStep) => {
    if (step.kind === 'signed-in') onSignedIn(step.session);
    else setPlace({ at: 'step', step });
  };
  const start = () => setPlace({ at: 'credentials' });
  return (
    <NarrowPage title={title} windowTitle={SIGN_IN.title}>
      {ended !== undefined && <ProblemAlert error={ended} />}
      {refusal !== undefined && <Alert type="warning">{refusal}</Alert>}
      {reset && <Alert type="success">{SIGN_IN.resetDone}</Alert>}
      {place.at === 'credentials' && (
        <CredentialsForm directory={directory} onStep={go} onForgot={() => setPlace({ at: 'forgot' })} />
      )}
      {place.at === 'forgot' && (
        <ForgotPasswordForm
          directory={directory}
          onBack={start}
          onReset={() => {
            setReset(true);
            start();
          }}
        />
      )}
      {place.at === 'step' && <StepForm step={place.step} onStep={go} onBack={start} />}
      {footer}
    </NarrowPage>
  );
}
