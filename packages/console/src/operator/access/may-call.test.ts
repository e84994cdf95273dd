import { mayCall } from './may-call';

test.each([
  ['haltRelease', 'SystemAdmin', true],
  ['haltRelease', 'CustomerSupport', false],
  ['grantSupportAccess', 'CustomerSupport', true],
  ['getRegistration', 'CustomerSupport', true],
  ['listTenants', 'TenantAdmin', false],
] as const)('%s is offered to a %s as the route table says: %s', (operation, role, offered) => {
  expect(mayCall(operation, role)).toBe(offered);
});
