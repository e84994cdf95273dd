import { tenantOrders } from './tenant-orders';

test.each([
  ['active', ['change-tier', 'move', 'deactivate', 'offboard']],
  ['inactive', ['activate', 'change-tier', 'move', 'offboard']],
  ['provisioning', []],
  ['failed', []],
  ['offboarded', []],
] as const)('a tenant that is %s takes %j', (status, orders) => {
  expect(tenantOrders(status)).toEqual(orders);
});
