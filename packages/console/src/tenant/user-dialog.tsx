import FormField from '@cloudscape-design/components/form-field';
import RadioGroup from '@cloudscape-design/components/radio-group';
import { TENANT_ROLES, type TenantRole, type User, userInputSchema } from '@granary/api';
import { ConflictError } from '@granary/client';
import { useApplication } from '../api-access/clients';
import { checkedDraft } from '../form/checked-draft';
import { TextField } from '../form/text-field';
import { SHELL } from '../strings/en/shell';
import { TENANT } from '../strings/en/tenant';
import { RecordDialog } from './record-dialog';

const { users: WORDS } = TENANT;

export interface UserDialogProps {
  /** Whose role is changed. @default somebody is invited */
  readonly user: User | undefined;
  readonly onClose: () => void;
}

/** Invites somebody, or changes what somebody may do. */
export function UserDialog({ user, onClose }: UserDialogProps) {
  const application = useApplication();
  return (
    <RecordDialog
      title={user ? WORDS.roleOf(user.email) : WORDS.add}
      submit={user ? TENANT.save : WORDS.invite}
      item={user}
      draftOf={(item): { readonly userName: string; readonly role: TenantRole } => ({
        userName: item?.userName ?? '',
        role: item?.role ?? 'TenantUser',
      })}
      check={({ userName, role }) =>
        checkedDraft(userInputSchema, { userName: userName.trim(), role }, { userName: WORDS.noEmail })
      }
      save={({ userName, role }, read) =>
        read
          ? application.updateUser({ params: { userName }, body: { role }, version: read.version })
          : application.createUser({ body: { userName, role } })
      }
      reload={({ userName }) => application.getUser({ params: { userName } })}
      changes="users"
      onClose={onClose}
    >
      {({ draft, change, faults, refusal }) => (
        <>
          {!user && (
            <TextField
              label={WORDS.email}
              type="email"
              value={draft.userName}
              onChange={(userName) => change((now) => ({ ...now, userName }))}
              hint={WORDS.emailHint}
              fault={refusal instanceof ConflictError ? WORDS.taken : faults.userName}
            />
          )}
          <FormField label={WORDS.roleTitle} stretch>
            <RadioGroup
              value={draft.role}
              onChange={({ detail }) => change((now) => ({ ...now, role: detail.value as TenantRole }))}
              items={TENANT_ROLES.map((value) => ({
                value,
                label: SHELL.roles[value],
                description: WORDS.roleTexts[value],
              }))}
            />
          </FormField>
        </>
      )}
    </RecordDialog>
  );
}
