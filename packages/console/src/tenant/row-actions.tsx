import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { Role } from '@granary/api';
import { TENANT } from '../strings/en/tenant';

export interface RowActionsProps {
  /** What the row is, for who cannot see it: "Change Barley". */
  readonly of: string;
  readonly actions: readonly { readonly text: string; readonly onClick: () => void }[];
}

/** What can be done with one row. */
export function RowActions({ of, actions }: RowActionsProps) {
  return (
    <SpaceBetween direction="horizontal" size="xs">
      {actions.map(({ text, onClick }) => (
        <Button key={text} variant="inline-link" ariaLabel={`${text} ${of}`} onClick={onClick}>
          {text}
        </Button>
      ))}
    </SpaceBetween>
  );
}

/** What a role may do with a product or an order. */
export function recordActions(role: Role) {
  const change = { what: 'change', text: TENANT.change } as const;
  return role === 'TenantAdmin' ? [change, { what: 'delete', text: TENANT.delete } as const] : [change];
}
