import Box from '@cloudscape-design/components/box';
import RadioGroup from '@cloudscape-design/components/radio-group';
import { useState } from 'react';
import { FormFrame, missing } from '../form/form-frame';
import { TextField } from '../form/text-field';
import { SIGN_IN } from '../strings/en/sign-in';
import { NewPasswordFields, usePasswordPair } from './new-password-fields';
import type { Factor, SignInStep } from './sign-in-step';

type Step<Kind extends SignInStep['kind']> = Extract<SignInStep, { readonly kind: Kind }>;

interface StepProps<Kind extends SignInStep['kind']> {
  readonly step: Step<Kind>;
  readonly onStep: (step: SignInStep) => void;
  readonly onBack: () => void;
}

/** What the user pool asks after the password. */
export function StepForm({ step, ...rest }: StepProps<Exclude<SignInStep['kind'], 'signed-in'>>) {
  switch (step.kind) {
    case 'new-password':
      return <NewPasswordForm step={step} {...rest} />;
    case 'code':
    case 'set-up-authenticator':
      return <CodeForm step={step} {...rest} />;
    case 'choose-factor':
      return <FactorForm step={step} {...rest} />;
  }
}

function NewPasswordForm({ step, onStep, onBack }: StepProps<'new-password'>) {
  const pair = usePasswordPair();
  return (
    <FormFrame
      title={SIGN_IN.newPasswordTitle}
      description={SIGN_IN.newPasswordText}
      submit={SIGN_IN.newPasswordSubmit}
      aside={{ text: SIGN_IN.back, onClick: onBack }}
      ready={pair.ready}
      onSubmit={async () => onStep(await step.answer(pair.password))}
    >
      {(tried) => <NewPasswordFields pair={pair} tried={tried} autoFocus />}
    </FormFrame>
  );
}

function CodeForm({ step, onStep, onBack }: StepProps<'code' | 'set-up-authenticator'>) {
  const [code, setCode] = useState('');
  const words =
    step.kind === 'set-up-authenticator'
      ? { title: SIGN_IN.setUpTitle, description: SIGN_IN.setUpText }
      : {
          title: SIGN_IN.codeTitle,
          description:
            step.factor === 'authenticator'
              ? SIGN_IN.codeFromAuthenticator
              : SIGN_IN.codeBySms(step.destination),
        };
  return (
    <FormFrame
      {...words}
      submit={SIGN_IN.codeSubmit}
      aside={{ text: SIGN_IN.back, onClick: onBack }}
      ready={code !== ''}
      onSubmit={async () => onStep(await step.answer(code))}
    >
      {(tried) => (
        <>
          {step.kind === 'set-up-authenticator' && (
            <Box>
              {SIGN_IN.setUpKey}: <Box variant="code">{step.secret}</Box>
            </Box>
          )}
          <TextField
            label={SIGN_IN.code}
            inputMode="numeric"
            autoComplete="one-time-code"
            autoFocus
            value={code}
            onChange={setCode}
            fault={missing(tried, code)}
          />
        </>
      )}
    </FormFrame>
  );
}

function FactorForm({ step, onStep, onBack }: StepProps<'choose-factor'>) {
  const [factor, setFactor] = useState<Factor | undefined>(step.factors[0]);
  return (
    <FormFrame
      title={SIGN_IN.chooseTitle}
      submit={SIGN_IN.codeSubmit}
      aside={{ text: SIGN_IN.back, onClick: onBack }}
      ready={factor !== undefined}
      onSubmit={async () => {
        if (factor) onStep(await step.answer(factor));
      }}
    >
      {() => (
        <RadioGroup
          ariaLabel={SIGN_IN.chooseTitle}
          value={factor ?? null}
          onChange={({ detail }) => setFactor(detail.value as Factor)}
          items={step.factors.map((value) => ({ value, label: SIGN_IN.factors[value] }))}
        />
      )}
    </FormFrame>
  );
}
