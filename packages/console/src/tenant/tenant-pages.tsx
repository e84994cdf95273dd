import type { SideNavigationProps } from '@cloudscape-design/components/side-navigation';
import type { TenantConfig } from '@granary/api';
import { lazy } from 'react';
import { Navigate, Route, Routes } from 'react-router';
import { useSession } from '../session/session-context';
import { NoSuchPage } from '../shell/no-such-page';
import { Shell } from '../shell/shell';
import { TENANT } from '../strings/en/tenant';

const ProductsPage = lazy(() => import('./products-page'));
const ProductPage = lazy(() => import('./product-page'));
const OrdersPage = lazy(() => import('./orders-page'));
const OrderPage = lazy(() => import('./order-page'));
const UsersPage = lazy(() => import('./users-page'));
const UsagePage = lazy(() => import('./usage-page'));

const link = (text: string, href: string): SideNavigationProps.Item => ({ type: 'link', text, href });

/** The pages of somebody who is signed in at a tenant. */
export function TenantPages({ tenant }: { readonly tenant: TenantConfig }) {
  const { person, signOut } = useSession();
  const administers = person.role === 'TenantAdmin';
  const pages = [
    link(TENANT.products.title, '#/products'),
    link(TENANT.orders.title, '#/orders'),
    ...(administers ? [link(TENANT.users.title, '#/users')] : []),
    link(TENANT.usage.title, '#/usage'),
  ];
  return (
    <Shell title={tenant.name} person={person} onSignOut={signOut} pages={pages}>
      <Routes>
        <Route path="/" element={<Navigate to="/products" replace />} />
        <Route path="/products" element={<ProductsPage />} />
        <Route path="/products/:productId" element={<ProductPage />} />
        <Route path="/orders" element={<OrdersPage />} />
        <Route path="/orders/:orderId" element={<OrderPage />} />
        {administers && <Route path="/users" element={<UsersPage />} />}
        <Route path="/usage" element={<UsagePage />} />
        <Route path="*" element={<NoSuchPage />} />
      </Routes>
    </Shell>
  );
}
