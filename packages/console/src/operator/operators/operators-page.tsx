import { OPERATOR_ROLES, type OperatorRole } from '@granary/api';
import { Page } from '../../shell/page';
import { PEOPLE } from '../../strings/en/operator/people';
import { useAll } from '../answer/use-all';
import { type Account, type AccountOrders, PeopleList } from '../people/people-list';

const ORDERS: AccountOrders = {
  operations: {
    create: 'createOperator',
    update: 'updateOperator',
    remove: 'deleteOperator',
    enable: 'enableOperator',
    disable: 'disableOperator',
  },
  roles: OPERATOR_ROLES,
  create: (control, userName, role) =>
    control.createOperator({ body: { userName, role: role as OperatorRole } }),
  update: (control, { userName, version }, role) =>
    control.updateOperator({ params: { userName }, body: { role: role as OperatorRole }, version }),
  remove: (control, userName) => control.deleteOperator({ params: { userName } }),
  enable: (control, userName) => control.enableOperator({ params: { userName } }),
  disable: (control, userName) => control.disableOperator({ params: { userName } }),
};

/** Who runs the platform. */
export default function OperatorsPage() {
  const operators = useAll<Account>(['operators'], (control) => control.listOperators);
  return (
    <Page title={PEOPLE.operators} description={PEOPLE.operatorsText}>
      <PeopleList title={PEOPLE.operators} query={operators} orders={ORDERS} refreshes="operators" />
    </Page>
  );
}
