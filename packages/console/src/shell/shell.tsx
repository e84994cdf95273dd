import SideNavigation, { type SideNavigationProps } from '@cloudscape-design/components/side-navigation';
import { type ReactNode, Suspense } from 'react';
import { useLocation } from 'react-router';
import { Failsafe } from '../problem/failsafe';
import { SHELL } from '../strings/en/shell';
import { Loading } from './loading';
import { NAVIGATION_ID, NavigationToggle } from './navigation-toggle';
import { PersonMenu, type PersonMenuProps } from './person-menu';
import { CONTENT_ID, SkipLink } from './skip-link';
import { TopBar } from './top-bar';
import { useNavigation } from './use-navigation';
import './shell.css';

export interface ShellProps extends PersonMenuProps {
  /** Of the bar: whose pages these are. */
  readonly title: string;
  /** The list of pages; an address is `#/tenants`. */
  readonly pages: readonly SideNavigationProps.Item[];
  /** Messages over the content; they stay in view. @default none */
  readonly notifications?: ReactNode;
  readonly children: ReactNode;
}

/**
 * What is around every page of somebody who is signed in. On a wide screen the list of pages is beside the content, on
 * a narrow one over it.
 */
export function Shell({ pages, notifications, children, title, ...account }: ShellProps) {
  const { pathname } = useLocation();
  const { open, covers, toggle, leave } = useNavigation();
  const active = `#/${pathname.split('/')[1] ?? ''}`;
  return (
    <>
      <SkipLink />
      <TopBar title={title} start={<NavigationToggle open={open} onToggle={toggle} />}>
        <PersonMenu {...account} />
      </TopBar>
      <div className="shell">
        <nav id={NAVIGATION_ID} aria-label={SHELL.navigation} className="shell-pages" hidden={!open}>
          <SideNavigation activeHref={active} items={[...pages]} onFollow={leave} />
        </nav>
        <main id={CONTENT_ID} tabIndex={-1} className="shell-content" inert={covers}>
          <div className="shell-notifications">{notifications}</div>
          <Failsafe key={pathname}>
            <Suspense fallback={<Loading />}>{children}</Suspense>
          </Failsafe>
        </main>
      </div>
    </>
  );
}
