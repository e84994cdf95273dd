import Button, { type ButtonProps } from '@cloudscape-design/components/button';
import type { ControlClient } from '@granary/client';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useControl } from '../../api-access/clients';
import { problemText } from '../../problem/problem-text';
import { useSession } from '../../session/session-context';
import { type ControlOperation, mayCall } from '../access/may-call';
import { useNotify } from '../notices/notices';
import { OrderDialog } from './order-dialog';
import type { OrderField, OrderValues } from './order-fields';

export interface OrderButtonProps {
  /** Who may not call it, does not see the button. */
  readonly operation: ControlOperation;
  readonly label: string;
  /** For who does not see what the button is beside. @default the label */
  readonly ariaLabel?: string;
  /** Over the dialog. @default the label */
  readonly title?: string;
  /** What will happen. Without text, fields and something to type, the order is given at once. */
  readonly text?: ReactNode;
  readonly fields?: readonly OrderField[];
  /** What the person must type, for what cannot be taken back. @default nothing */
  readonly typed?: string;
  readonly variant?: ButtonProps.Variant;
  readonly disabled?: boolean;
  readonly run: (control: ControlClient, values: OrderValues) => Promise<unknown>;
  /** Said when it went well. A function is given the answer; undefined says nothing. */
  readonly done?: string;
  /** Given the answer of a success. */
  // biome-ignore lint/suspicious/noExplicitAny: the page knows what its own order answers.
  readonly onDone?: (answer: any) => void;
  /** First parts of the keys of what is to be asked for again. @default everything */
  readonly refreshes?: readonly string[];
}

/** An order to the control plane, with as much confirmation as it can do harm. */
export function OrderButton(props: OrderButtonProps) {
  const {
    operation,
    label,
    ariaLabel,
    text,
    fields = [],
    typed,
    variant = 'normal',
    disabled = false,
  } = props;
  const { person } = useSession();
  const control = useControl();
  const queries = useQueryClient();
  const notify = useNotify();
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  if (!mayCall(operation, person.role)) return null;

  const give = async (values: OrderValues) => {
    const answer = await props.run(control, values);
    setOpen(false);
    if (props.done !== undefined) notify({ type: 'success', header: props.done });
    props.onDone?.(answer);
    const { refreshes } = props;
    await queries.invalidateQueries(
      refreshes ? { predicate: ({ queryKey }) => refreshes.includes(String(queryKey[0])) } : {},
    );
  };
  const giveAtOnce = async () => {
    setBusy(true);
    try {
      await give({});
    } catch (error) {
      const words = problemText(error, navigator.onLine);
      notify({ type: 'error', header: `${label}: ${words.heading}`, content: words.detail ?? words.text });
    }
    setBusy(false);
  };
  const asks = text !== undefined || fields.length > 0 || typed !== undefined;
  return (
    <>
      <Button
        variant={variant}
        disabled={disabled}
        loading={busy}
        wrapText={false}
        formAction="none"
        ariaLabel={ariaLabel ?? label}
        onClick={() => (asks ? setOpen(true) : void giveAtOnce())}
      >
        {label}
      </Button>
      {open && (
        <OrderDialog
          title={props.title ?? ariaLabel ?? label}
          submit={label}
          text={text}
          fields={fields}
          typed={typed}
          onSubmit={give}
          onDismiss={() => setOpen(false)}
        />
      )}
    </>
  );
}
