import FormField from '@cloudscape-design/components/form-field';
import RadioGroup from '@cloudscape-design/components/radio-group';
import { TENANT_ROLES, type TenantRole, type User, userInputSchema } from '@granary/api';
import { ConflictError, VersionMismatchError } from '@granary/client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useApplication } from '../api-access/clients';
import { checkedDraft } from '../form/checked-draft';
import { FormDialog } from '../form/form-dialog';
import { TextField } from '../form/text-field';
import { SHELL } from '../strings/en/shell';
import { TENANT } from '../strings/en/tenant';

const { users: WORDS } = TENANT;

export interface UserDialogProps {
  /** Whose role is changed. @default somebody is invited */
  readonly user?: User;
  readonly onClose: () => void;
}

/** Invites somebody, or changes what somebody may do. */
export function UserDialog({ user, onClose }: UserDialogProps) {
  const application = useApplication();
  const queries = useQueryClient();
  const [read, setRead] = useState(user);
  const [userName, setUserName] = useState('');
  const [role, setRole] = useState<TenantRole>(user?.role ?? 'TenantUser');
  const { input, faults } = checkedDraft(
    userInputSchema,
    { userName: read?.userName ?? userName.trim(), role },
    { userName: WORDS.noEmail },
  );
  const save = useMutation({
    mutationFn: () =>
      read
        ? application.updateUser({
            params: { userName: read.userName },
            body: { role },
            version: read.version,
          })
        : application.createUser({ body: { userName: userName.trim(), role } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['users'] }),
  });
  const reload = useMutation({
    mutationFn: (name: string) => application.getUser({ params: { userName: name } }),
    onSuccess: (now) => {
      setRead(now);
      setRole(now.role);
    },
  });
  return (
    <FormDialog
      key={read?.version ?? 0}
      title={user ? WORDS.roleOf(user.email) : WORDS.add}
      submit={user ? TENANT.save : WORDS.invite}
      ready={input !== undefined}
      onClose={onClose}
      onSubmit={async () => {
        await save.mutateAsync();
        onClose();
      }}
      onReload={(error) =>
        read && error instanceof VersionMismatchError ? () => reload.mutate(read.userName) : undefined
      }
    >
      {(tried) => (
        <>
          {!user && (
            <TextField
              label={WORDS.email}
              type="email"
              value={userName}
              onChange={setUserName}
              hint={WORDS.emailHint}
              fault={save.error instanceof ConflictError ? WORDS.taken : tried ? faults.userName : undefined}
            />
          )}
          <FormField label={WORDS.roleTitle} stretch>
            <RadioGroup
              value={role}
              onChange={({ detail }) => setRole(detail.value as TenantRole)}
              items={TENANT_ROLES.map((value) => ({
                value,
                label: SHELL.roles[value],
                description: WORDS.roleTexts[value],
              }))}
            />
          </FormField>
        </>
      )}
    </FormDialog>
  );
}
