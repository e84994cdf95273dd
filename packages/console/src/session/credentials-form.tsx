import { useState } from 'react';
import { FormFrame, missing } from '../form/form-frame';
import { TextField } from '../form/text-field';
import { SIGN_IN } from '../strings/en/sign-in';
import type { SignInStep, UserDirectory } from './sign-in-step';

export interface CredentialsFormProps {
  readonly directory: UserDirectory;
  readonly onStep: (step: SignInStep) => void;
  readonly onForgot: () => void;
}

/** Address and password. */
export function CredentialsForm({ directory, onStep, onForgot }: CredentialsFormProps) {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  return (
    <FormFrame
      title={SIGN_IN.title}
      submit={SIGN_IN.submit}
      aside={{ text: SIGN_IN.forgot, onClick: onForgot }}
      ready={email !== '' && password !== ''}
      onSubmit={async () => onStep(await directory.signIn(email, password))}
    >
      {(tried) => (
        <>
          <TextField
            label={SIGN_IN.email}
            type="email"
            autoComplete="username"
            autoFocus
            value={email}
            onChange={setEmail}
            fault={missing(tried, email)}
          />
          <TextField
            label={SIGN_IN.password}
            type="password"
            autoComplete="current-password"
            value={password}
            onChange={setPassword}
            fault={missing(tried, password)}
          />
        </>
      )}
    </FormFrame>
  );
}
