import SpaceBetween from '@cloudscape-design/components/space-between';
import type { Operator, Role, User } from '@granary/api';
import type { ControlClient } from '@granary/client';
import type { UseQueryResult } from '@tanstack/react-query';
import { PEOPLE } from '../../strings/en/operator/people';
import type { ControlOperation } from '../access/may-call';
import { instant } from '../format/instant';
import { Listing, type ListingColumn } from '../listing/listing';
import { OrderButton } from '../order/order-button';
import { StateIndicator } from '../status/state-indicator';

/** An operator, or a user of a tenant. */
export type Account = Operator | User;

/** How accounts of one kind are managed. */
export interface AccountOrders {
  readonly operations: Readonly<
    Record<'create' | 'update' | 'remove' | 'enable' | 'disable', ControlOperation>
  >;
  readonly roles: readonly Role[];
  create(control: ControlClient, userName: string, role: string): Promise<unknown>;
  update(control: ControlClient, account: Account, role: string): Promise<unknown>;
  remove(control: ControlClient, userName: string): Promise<unknown>;
  enable(control: ControlClient, userName: string): Promise<unknown>;
  disable(control: ControlClient, userName: string): Promise<unknown>;
}

export interface PeopleListProps {
  readonly title: string;
  readonly query: UseQueryResult<readonly Account[]>;
  readonly orders: AccountOrders;
  /** First part of the key that the query has. */
  readonly refreshes: string;
}

/** Accounts, and all that can be done to them. */
export function PeopleList({ title, query, orders, refreshes }: PeopleListProps) {
  const roleOptions = orders.roles.map((role) => ({ value: role, label: PEOPLE.roles[role] }));
  const accounts = query.data ?? [];
  const support: readonly ListingColumn<Account>[] = accounts.some((account) => 'support' in account)
    ? [{ id: 'kind', header: PEOPLE.kind, text: kindOf }]
    : [];
  return (
    <Listing
      title={title}
      items={accounts}
      query={query}
      rowId={({ userName }) => userName}
      empty={PEOPLE.none}
      actions={
        <OrderButton
          operation={orders.operations.create}
          label={PEOPLE.invite}
          text={PEOPLE.inviteText}
          fields={[
            { name: 'userName', label: PEOPLE.name, kind: 'email', most: 128 },
            {
              name: 'role',
              label: PEOPLE.role,
              kind: 'choice',
              options: roleOptions,
              initial: orders.roles.at(-1) ?? '',
            },
          ]}
          run={(control, { userName = '', role = '' }) => orders.create(control, userName, role)}
          done={PEOPLE.inviteDone}
          refreshes={[refreshes]}
        />
      }
      columns={[
        { id: 'name', header: PEOPLE.name, text: ({ userName }) => userName },
        { id: 'role', header: PEOPLE.role, text: ({ role }) => PEOPLE.roles[role] },
        {
          id: 'state',
          header: PEOPLE.state,
          cell: ({ status }) => <StateIndicator state={status} />,
          text: ({ status }) => status,
        },
        ...support,
        {
          id: 'created',
          header: PEOPLE.created,
          cell: ({ createdAt }) => instant(createdAt),
          text: ({ createdAt }) => createdAt,
        },
        {
          id: 'orders',
          header: '',
          cell: (account) => <AccountButtons account={account} orders={orders} refreshes={refreshes} />,
        },
      ]}
    />
  );
}

function kindOf(account: Account): string {
  const mark = 'support' in account ? account.support : undefined;
  return mark ? PEOPLE.support(instant(mark.until), mark.reason) : PEOPLE.own;
}

function AccountButtons({
  account,
  orders,
  refreshes,
}: Pick<PeopleListProps, 'orders' | 'refreshes'> & { readonly account: Account }) {
  const { userName, role, status } = account;
  const { operations, roles } = orders;
  const other = roles.find((each) => each !== role) ?? role;
  const isEnabled = status === 'enabled';
  return (
    <SpaceBetween direction="horizontal" size="xxs">
      <OrderButton
        operation={operations.update}
        variant="inline-link"
        label={PEOPLE.changeRole}
        ariaLabel={PEOPLE.changeRoleOf(userName)}
        fields={[
          {
            name: 'role',
            label: PEOPLE.role,
            kind: 'choice',
            initial: other,
            options: roles.map((each) => ({ value: each, label: PEOPLE.roles[each] })),
          },
        ]}
        run={(control, values) => orders.update(control, account, values.role ?? other)}
        done={PEOPLE.changeRoleDone}
        refreshes={[refreshes]}
      />
      <OrderButton
        operation={isEnabled ? operations.disable : operations.enable}
        variant="inline-link"
        label={isEnabled ? PEOPLE.disable : PEOPLE.enable}
        ariaLabel={isEnabled ? PEOPLE.disableOf(userName) : PEOPLE.enableOf(userName)}
        text={isEnabled ? PEOPLE.disableText : undefined}
        run={(control) => (isEnabled ? orders.disable(control, userName) : orders.enable(control, userName))}
        done={isEnabled ? PEOPLE.disableDone : PEOPLE.enableDone}
        refreshes={[refreshes]}
      />
      <OrderButton
        operation={operations.remove}
        variant="inline-link"
        label={PEOPLE.remove}
        ariaLabel={PEOPLE.removeOf(userName)}
        text={PEOPLE.removeText}
        typed={userName}
        run={(control) => orders.remove(control, userName)}
        done={PEOPLE.removeDone}
        refreshes={[refreshes]}
      />
    </SpaceBetween>
  );
}
