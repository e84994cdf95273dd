import type { TenantConfig } from '@granary/api';
import { lazy } from 'react';
import { Route, Routes } from 'react-router';
import { useSession } from '../session/session-context';
import { NoSuchPage } from '../shell/no-such-page';
import { Shell } from '../shell/shell';
import { TENANT } from '../strings/en/tenant';

const ProductsPage = lazy(() => import('./products-page'));

/** The pages of somebody who is signed in at a tenant. */
export function TenantPages({ tenant }: { readonly tenant: TenantConfig }) {
  const { person, signOut } = useSession();
  const pages = [{ type: 'link', text: TENANT.products.title, href: '#/products' }] as const;
  return (
    <Shell title={tenant.name} person={person} onSignOut={signOut} pages={pages}>
      <Routes>
        <Route path="/" element={<ProductsPage />} />
        <Route path="/products" element={<ProductsPage />} />
        <Route path="*" element={<NoSuchPage />} />
      </Routes>
    </Shell>
  );
}
