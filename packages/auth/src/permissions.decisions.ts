import type { Method, Role } from '@granary/api';

/** One question to a role's policy, its answer and the reason for it. */
export interface Decision {
  readonly role: Role;
  readonly method: Method | 'HEAD' | 'OPTIONS' | 'PATCH';
  readonly path: string;
  readonly verdict: 'allow' | 'deny';
  readonly why: string;
}

const ULID = '01J8Z3K5N7P9QRSTVWXYZABCDE';

export const APPLICATION_DECISIONS: readonly Decision[] = [
  { role: 'TenantAdmin', method: 'GET', path: 'products', verdict: 'allow', why: 'administrators read' },
  { role: 'TenantAdmin', method: 'POST', path: 'products', verdict: 'allow', why: 'administrators add' },
  { role: 'TenantAdmin', method: 'PUT', path: `products/${ULID}`, verdict: 'allow', why: 'and replace' },
  { role: 'TenantAdmin', method: 'DELETE', path: `products/${ULID}`, verdict: 'allow', why: 'and remove' },
  { role: 'TenantAdmin', method: 'DELETE', path: `orders/${ULID}`, verdict: 'allow', why: 'orders too' },
  { role: 'TenantAdmin', method: 'DELETE', path: 'products', verdict: 'deny', why: 'no route removes all' },
  { role: 'TenantAdmin', method: 'PATCH', path: `products/${ULID}`, verdict: 'deny', why: 'no such route' },
  { role: 'TenantAdmin', method: 'GET', path: 'tenants', verdict: 'deny', why: 'that is the other plane' },
  { role: 'TenantUser', method: 'GET', path: 'products', verdict: 'allow', why: 'everyone reads' },
  { role: 'TenantUser', method: 'GET', path: `products/${ULID}`, verdict: 'allow', why: 'one at a time too' },
  { role: 'TenantUser', method: 'POST', path: 'orders', verdict: 'allow', why: 'everyone orders' },
  { role: 'TenantUser', method: 'PUT', path: `orders/${ULID}`, verdict: 'allow', why: 'and corrects' },
  {
    role: 'TenantUser',
    method: 'DELETE',
    path: `products/${ULID}`,
    verdict: 'deny',
    why: 'only administrators',
  },
  {
    role: 'TenantUser',
    method: 'DELETE',
    path: `orders/${ULID}`,
    verdict: 'deny',
    why: 'only administrators',
  },
  { role: 'TenantUser', method: 'DELETE', path: 'orders/a/b', verdict: 'deny', why: 'nor by a longer path' },
  { role: 'TenantUser', method: 'HEAD', path: 'products', verdict: 'deny', why: 'no such route' },
  { role: 'TenantUser', method: 'OPTIONS', path: 'products', verdict: 'deny', why: 'preflight has no token' },
  { role: 'TenantUser', method: 'GET', path: '', verdict: 'deny', why: 'the root is no route' },
  { role: 'TenantUser', method: 'GET', path: 'productsx', verdict: 'deny', why: 'a prefix is not the path' },
  {
    role: 'SystemAdmin',
    method: 'GET',
    path: 'products',
    verdict: 'deny',
    why: 'operators read no tenant data',
  },
  { role: 'SystemAdmin', method: 'DELETE', path: `orders/${ULID}`, verdict: 'deny', why: 'nor remove any' },
  { role: 'CustomerSupport', method: 'GET', path: 'orders', verdict: 'deny', why: 'support neither' },
];

export const CONTROL_DECISIONS: readonly Decision[] = [
  { role: 'SystemAdmin', method: 'GET', path: 'tenants', verdict: 'allow', why: 'operators see tenants' },
  { role: 'SystemAdmin', method: 'GET', path: 'tenants/acme', verdict: 'allow', why: 'one at a time too' },
  { role: 'SystemAdmin', method: 'GET', path: 'deployments', verdict: 'allow', why: 'and releases' },
  { role: 'SystemAdmin', method: 'DELETE', path: 'tenants/acme', verdict: 'allow', why: 'tenants end' },
  { role: 'SystemAdmin', method: 'DELETE', path: 'tenants', verdict: 'deny', why: 'but not all at once' },
  {
    role: 'CustomerSupport',
    method: 'DELETE',
    path: 'tenants/acme',
    verdict: 'deny',
    why: 'support ends no tenant',
  },
  { role: 'CustomerSupport', method: 'GET', path: 'tenants', verdict: 'allow', why: 'support helps tenants' },
  {
    role: 'TenantAdmin',
    method: 'GET',
    path: 'tenants',
    verdict: 'deny',
    why: 'tenants do not see each other',
  },
  { role: 'TenantAdmin', method: 'GET', path: 'deployments', verdict: 'deny', why: 'nor the platform' },
  {
    role: 'TenantUser',
    method: 'GET',
    path: 'tenants/acme',
    verdict: 'deny',
    why: 'not even their own entry',
  },
];
