import FormField from '@cloudscape-design/components/form-field';
import Input, { type InputProps } from '@cloudscape-design/components/input';

export interface TextFieldProps extends Pick<InputProps, 'type' | 'inputMode' | 'autoFocus' | 'placeholder'> {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Of HTML: `username`, `current-password`, `one-time-code`. @default nothing is filled in by the browser */
  readonly autoComplete?: string;
  /** What is wrong with it. @default nothing */
  readonly fault?: string | undefined;
  readonly hint?: string | undefined;
}

/** A labelled field of one line. */
export function TextField({ label, value, onChange, autoComplete, fault, hint, ...input }: TextFieldProps) {
  return (
    <FormField label={label} errorText={fault} constraintText={hint} stretch>
      <Input
        {...input}
        value={value}
        onChange={({ detail }) => onChange(detail.value)}
        autoComplete={autoComplete ?? false}
      />
    </FormField>
  );
}
