import { tenantOrders } from './tenant-orders';

test.each([
  ['active', ['change-tier', 'deactivate', 'offboard']],
  ['inactive', ['activate', 'offboard']],
  ['provisioning', []],
  ['offboarded', []],
] as const)('a tenant that is %s takes %j', (status, orders) => {
  expect(tenantOrders(status)).toEqual(orders);
});
