import { useState } from 'react';
import { missing } from '../form/form-frame';
import { TextField } from '../form/text-field';
import { SIGN_IN } from '../strings/en/sign-in';

export interface PasswordPair {
  readonly password: string;
  readonly again: string;
  readonly ready: boolean;
  setPassword(value: string): void;
  setAgain(value: string): void;
}

/** A new password, typed twice. What a good one is, the user pool says. */
export function usePasswordPair(): PasswordPair {
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  return { password, again, setPassword, setAgain, ready: password !== '' && password === again };
}

export interface NewPasswordFieldsProps {
  readonly pair: PasswordPair;
  readonly tried: boolean;
  /** @default false */
  readonly autoFocus?: boolean;
}

export function NewPasswordFields({ pair, tried, autoFocus = false }: NewPasswordFieldsProps) {
  const { password, again, setPassword, setAgain } = pair;
  const differ = tried && again !== '' && again !== password;
  return (
    <>
      <TextField
        label={SIGN_IN.newPassword}
        type="password"
        autoComplete="new-password"
        autoFocus={autoFocus}
        value={password}
        onChange={setPassword}
        fault={missing(tried, password)}
        hint={SIGN_IN.newPasswordRule}
      />
      <TextField
        label={SIGN_IN.repeatPassword}
        type="password"
        autoComplete="new-password"
        value={again}
        onChange={setAgain}
        fault={differ ? SIGN_IN.passwordsDiffer : missing(tried, again)}
      />
    </>
  );
}
