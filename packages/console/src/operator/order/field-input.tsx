import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import Textarea from '@cloudscape-design/components/textarea';
import type { OrderField } from './order-fields';

export interface FieldInputProps {
  readonly field: OrderField;
  readonly value: string;
  /** @default nothing is wrong */
  readonly fault: string | undefined;
  readonly onChange: (value: string) => void;
}

/** One field of an order. */
export function FieldInput({ field, value, fault, onChange }: FieldInputProps) {
  return (
    <FormField label={field.label} constraintText={field.hint} errorText={fault} stretch>
      {inputOf(field, value, onChange)}
    </FormField>
  );
}

function inputOf({ kind, options = [] }: OrderField, value: string, onChange: (value: string) => void) {
  if (kind === 'long')
    return <Textarea value={value} rows={3} onChange={({ detail }) => onChange(detail.value)} />;
  if (kind === 'choice')
    return (
      <Select
        selectedOption={options.find((option) => option.value === value) ?? null}
        options={[...options]}
        onChange={({ detail }) => onChange(detail.selectedOption.value ?? '')}
      />
    );
  return (
    <Input
      value={value}
      autoComplete={false}
      type={kind === 'email' ? 'email' : 'text'}
      inputMode={kind === 'number' ? 'decimal' : kind === 'email' ? 'email' : 'text'}
      onChange={({ detail }) => onChange(detail.value)}
    />
  );
}
