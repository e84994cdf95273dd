import { useState } from 'react';
import { FormFrame, missing } from '../form/form-frame';
import { TextField } from '../form/text-field';
import { SIGN_IN } from '../strings/en/sign-in';
import { NewPasswordFields, usePasswordPair } from './new-password-fields';
import type { UserDirectory } from './sign-in-step';

export interface ForgotPasswordFormProps {
  readonly directory: UserDirectory;
  readonly onBack: () => void;
  readonly onReset: () => void;
}

/** A code by mail, and with it a new password. */
export function ForgotPasswordForm({ directory, onBack, onReset }: ForgotPasswordFormProps) {
  const [email, setEmail] = useState('');
  const [code, setCode] = useState('');
  const [sent, setSent] = useState(false);
  const pair = usePasswordPair();
  const aside = { text: SIGN_IN.back, onClick: onBack };
  if (!sent)
    return (
      <FormFrame
        key="ask"
        title={SIGN_IN.forgotTitle}
        description={SIGN_IN.forgotText}
        submit={SIGN_IN.forgotSubmit}
        aside={aside}
        ready={email !== ''}
        onSubmit={async () => {
          await directory.forgotPassword(email);
          setSent(true);
        }}
      >
        {(tried) => (
          <TextField
            label={SIGN_IN.email}
            type="email"
            autoComplete="username"
            autoFocus
            value={email}
            onChange={setEmail}
            fault={missing(tried, email)}
          />
        )}
      </FormFrame>
    );
  return (
    <FormFrame
      key="reset"
      title={SIGN_IN.forgotTitle}
      description={SIGN_IN.resetText}
      submit={SIGN_IN.newPasswordSubmit}
      aside={aside}
      ready={code !== '' && pair.ready}
      onSubmit={async () => {
        await directory.resetPassword(email, code.trim(), pair.password);
        onReset();
      }}
    >
      {(tried) => (
        <>
          <TextField
            label={SIGN_IN.code}
            inputMode="numeric"
            autoComplete="one-time-code"
            autoFocus
            value={code}
            onChange={setCode}
            fault={missing(tried, code)}
          />
          <NewPasswordFields pair={pair} tried={tried} />
        </>
      )}
    </FormFrame>
  );
}
