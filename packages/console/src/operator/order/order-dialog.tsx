import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { type ReactNode, useId, useState } from 'react';
import { ProblemAlert } from '../../problem/problem-alert';
import { problemText } from '../../problem/problem-text';
import { ORDER } from '../../strings/en/operator/order';
import { SHELL } from '../../strings/en/shell';
import { FieldInput } from './field-input';
import { initialValues, isTyped, type OrderField, type OrderValues, orderFaults } from './order-fields';

export interface OrderDialogProps {
  readonly title: string;
  readonly submit: string;
  readonly text: ReactNode;
  readonly fields: readonly OrderField[];
  /** What the person must type. @default nothing */
  readonly typed: string | undefined;
  /** What it throws is shown, beside the fields where it is about them. */
  readonly onSubmit: (values: OrderValues) => Promise<void>;
  readonly onDismiss: () => void;
}

/** Asks for what an order needs, and whether it is meant. */
export function OrderDialog({ title, submit, text, fields, typed, onSubmit, onDismiss }: OrderDialogProps) {
  const form = useId();
  const [values, setValues] = useState(() => initialValues(fields));
  const [word, setWord] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const faults = orderFaults(fields, values);
  const meant = isTyped(word, typed);
  const refused = error === undefined ? {} : problemText(error).violations;

  const send = async () => {
    setTried(true);
    if (busy || Object.keys(faults).length > 0 || !meant) return;
    setBusy(true);
    setError(undefined);
    try {
      await onSubmit(values);
    } catch (cause) {
      setError(cause);
      setBusy(false);
    }
  };
  return (
    <Modal
      visible
      header={title}
      closeAriaLabel={SHELL.close}
      onDismiss={onDismiss}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" formAction="none" onClick={onDismiss}>
              {SHELL.cancel}
            </Button>
            <Button variant="primary" form={form} loading={busy} loadingText={submit}>
              {submit}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <form
        id={form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <SpaceBetween size="m">
          {text !== undefined && <div>{text}</div>}
          {fields.map((field) => (
            <FieldInput
              key={field.name}
              field={field}
              value={values[field.name] ?? ''}
              fault={(tried ? faults[field.name] : undefined) ?? refused[`/${field.name}`]}
              onChange={(value) => setValues((now) => ({ ...now, [field.name]: value }))}
            />
          ))}
          {typed !== undefined && (
            <FormField
              label={ORDER.typeToGoOn(typed)}
              errorText={tried && !meant ? ORDER.typedWrong(typed) : undefined}
            >
              <Input value={word} autoComplete={false} onChange={({ detail }) => setWord(detail.value)} />
            </FormField>
          )}
          {error !== undefined && <ProblemAlert error={error} />}
        </SpaceBetween>
      </form>
    </Modal>
  );
}
