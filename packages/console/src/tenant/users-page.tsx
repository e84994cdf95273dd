import Badge from '@cloudscape-design/components/badge';
import Button from '@cloudscape-design/components/button';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { User } from '@granary/api';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useApplication } from '../api-access/clients';
import { usePagedList } from '../api-access/paged-list';
import { ConfirmDialog } from '../form/confirm-dialog';
import { useSession } from '../session/session-context';
import { Page } from '../shell/page';
import { SHELL } from '../strings/en/shell';
import { TENANT } from '../strings/en/tenant';
import { RecordTable } from './record-table';
import { RowActions } from './row-actions';
import { timeText } from './time-text';
import { UserDialog } from './user-dialog';

const { users: WORDS } = TENANT;

type Open =
  | { readonly what: 'new' }
  | { readonly what: 'role' | 'disable' | 'enable' | 'delete'; readonly user: User };

/** The people of the tenant, for its administrators. */
export default function UsersPage() {
  const application = useApplication();
  const queries = useQueryClient();
  const { person } = useSession();
  const [open, setOpen] = useState<Open>();
  const users = usePagedList(['users'], (query, signal) => application.listUsers({ query }, { signal }));
  const act = useMutation({
    mutationFn: async ({ what, user: { userName } }: Exclude<Open, { what: 'new' }>) => {
      const params = { userName };
      if (what === 'disable') await application.disableUser({ params });
      else if (what === 'enable') await application.enableUser({ params });
      else if (what === 'delete') await application.deleteUser({ params });
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['users'] }),
  });
  const close = () => setOpen(undefined);
  const actionsOf = (user: User) => {
    const to = (what: 'role' | 'disable' | 'enable' | 'delete') => () => setOpen({ what, user });
    const toggle = user.status === 'enabled' ? 'disable' : 'enable';
    // Nobody locks themselves out by mistake.
    if (user.email === person.email) return [];
    return [
      { text: WORDS.role, onClick: to('role') },
      { text: WORDS[toggle], onClick: to(toggle) },
      { text: TENANT.delete, onClick: to('delete') },
    ];
  };
  return (
    <Page
      title={WORDS.title}
      description={WORDS.text}
      actions={
        <Button variant="primary" onClick={() => setOpen({ what: 'new' })}>
          {WORDS.add}
        </Button>
      }
    >
      <RecordTable
        list={users}
        words={WORDS}
        trackBy="userName"
        columns={[
          { id: 'email', header: WORDS.email, cell: ({ email }) => email, isRowHeader: true },
          {
            id: 'role',
            header: WORDS.roleTitle,
            cell: ({ role, support }) => (
              <>
                {SHELL.roles[role]} {support && <Badge>{WORDS.support(timeText(support.until))}</Badge>}
              </>
            ),
          },
          {
            id: 'status',
            header: WORDS.status,
            cell: ({ status }) => (
              <StatusIndicator type={status === 'enabled' ? 'success' : 'stopped'} wrapText={false}>
                {WORDS.statuses[status]}
              </StatusIndicator>
            ),
          },
          {
            id: 'actions',
            header: TENANT.actions,
            cell: (user) => <RowActions of={user.email} actions={actionsOf(user)} />,
          },
        ]}
      />
      {open?.what === 'new' && <UserDialog onClose={close} />}
      {open?.what === 'role' && <UserDialog user={open.user} onClose={close} />}
      {open && open.what !== 'new' && open.what !== 'role' && (
        <ConfirmDialog
          title={WORDS.confirm[open.what].title(open.user.email)}
          text={WORDS.confirm[open.what].text}
          confirm={open.what === 'delete' ? TENANT.delete : WORDS[open.what]}
          onClose={close}
          onConfirm={async () => {
            await act.mutateAsync(open);
            close();
          }}
        />
      )}
    </Page>
  );
}
