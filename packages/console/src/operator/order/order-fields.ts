import { ORDER } from '../../strings/en/operator/order';

/** Something that an order asks for. */
export interface OrderField {
  /** Of the request's body: `reason`. */
  readonly name: string;
  readonly label: string;
  readonly kind: 'text' | 'email' | 'long' | 'number' | 'choice';
  /** Of a choice. */
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  /** @default empty; of a choice the first */
  readonly initial?: string;
  readonly hint?: string;
  /** @default it is needed */
  readonly optional?: boolean;
  /** Characters of a text, value of a number. @default no limit */
  readonly least?: number;
  readonly most?: number;
}

export type OrderValues = Readonly<Record<string, string>>;

/** The field for why; it is in the audit log for ever. */
export const REASON: OrderField = {
  name: 'reason',
  label: ORDER.reason,
  hint: ORDER.reasonHint,
  kind: 'long',
  least: 3,
  most: 500,
};

export function initialValues(fields: readonly OrderField[]): OrderValues {
  return Object.fromEntries(
    fields.map(({ name, kind, initial, options }) => [
      name,
      initial ?? (kind === 'choice' ? (options?.[0]?.value ?? '') : ''),
    ]),
  );
}

/** What is wrong with what was filled in, by field; nothing: it may be sent. */
export function orderFaults(fields: readonly OrderField[], values: OrderValues): OrderValues {
  return Object.fromEntries(
    fields.flatMap((field) => {
      const fault = faultOf(field, (values[field.name] ?? '').trim());
      return fault === undefined ? [] : [[field.name, fault]];
    }),
  );
}

function faultOf({ kind, optional, least, most }: OrderField, value: string): string | undefined {
  if (value === '') return optional ? undefined : ORDER.needed;
  if (kind === 'number') {
    const number = Number(value);
    if (!Number.isFinite(number)) return ORDER.notANumber;
    if (least !== undefined && number < least) return ORDER.tooSmall(least);
    if (most !== undefined && number > most) return ORDER.tooLarge(most);
    return undefined;
  }
  if (kind === 'email' && !/^\S+@\S+\.\S+$/.test(value)) return ORDER.notAnAddress;
  if (least !== undefined && value.length < least) return ORDER.tooShort(least);
  if (most !== undefined && value.length > most) return ORDER.tooLong(most);
  return undefined;
}

/** Whether a person typed what they must type to mean it. */
export function isTyped(typed: string, expected: string | undefined): boolean {
  return expected === undefined || typed.trim() === expected;
}
