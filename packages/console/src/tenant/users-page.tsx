import Badge from '@cloudscape-design/components/badge';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { User } from '@granary/api';
import { useApplication } from '../api-access/clients';
import { usePagedList } from '../api-access/paged-list';
import { useSession } from '../session/session-context';
import { SHELL } from '../strings/en/shell';
import { TENANT } from '../strings/en/tenant';
import { RecordConfirmation } from './record-confirmation';
import { RecordList } from './record-list';
import { timeText } from './time-text';
import { UserDialog } from './user-dialog';

const { users: WORDS } = TENANT;

type What = 'role' | 'disable' | 'enable' | 'delete';

/** The people of the tenant, for its administrators. */
export default function UsersPage() {
  const application = useApplication();
  const { person } = useSession();
  const users = usePagedList(['users'], (query, signal) => application.listUsers({ query }, { signal }));
  const orders = {
    disable: application.disableUser,
    enable: application.enableUser,
    delete: application.deleteUser,
  };
  const actions = ({ email, status }: User): { readonly what: What; readonly text: string }[] => {
    const toggle = status === 'enabled' ? 'disable' : 'enable';
    // Nobody locks themselves out by mistake.
    if (email === person.email) return [];
    return [
      { what: 'role', text: WORDS.role },
      { what: toggle, text: WORDS[toggle] },
      { what: 'delete', text: TENANT.delete },
    ];
  };
  return (
    <RecordList<User, What>
      list={users}
      words={WORDS}
      trackBy="userName"
      nameOf={({ email }) => email}
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
      ]}
      actions={actions}
      dialog={(open, close) => {
        if (open.what === 'new') return <UserDialog user={undefined} onClose={close} />;
        const { what, item } = open;
        if (what === 'role') return <UserDialog user={item} onClose={close} />;
        return (
          <RecordConfirmation
            title={WORDS.confirm[what].title(item.email)}
            text={WORDS.confirm[what].text}
            confirm={what === 'delete' ? TENANT.delete : WORDS[what]}
            changes="users"
            run={() => orders[what]({ params: { userName: item.userName } })}
            onClose={close}
          />
        );
      }}
    />
  );
}
