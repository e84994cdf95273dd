import AppLayout from '@cloudscape-design/components/app-layout';
import SideNavigation, { type SideNavigationProps } from '@cloudscape-design/components/side-navigation';
import { type ReactNode, Suspense, useState } from 'react';
import { useLocation } from 'react-router';
import { Failsafe } from '../problem/failsafe';
import { SHELL } from '../strings/en/shell';
import { Loading } from './loading';
import { PersonMenu, type PersonMenuProps } from './person-menu';
import { CONTENT_ID, SkipLink } from './skip-link';
import { TopBar } from './top-bar';
import { useSoundLandmarks } from './use-sound-landmarks';

export interface ShellProps extends PersonMenuProps {
  /** Of the bar: whose pages these are. */
  readonly title: string;
  /** The list of pages; an address is `#/tenants`. */
  readonly pages: readonly SideNavigationProps.Item[];
  /** Messages over the content: Cloudscape's Flashbar. @default none */
  readonly notifications?: ReactNode;
  readonly children: ReactNode;
}

/** What is around every page of somebody who is signed in. */
export function Shell({ pages, notifications, children, title, ...account }: ShellProps) {
  const { pathname } = useLocation();
  useSoundLandmarks();
  const [open, setOpen] = useState(() => matchMedia('(min-width: 912px)').matches);
  const active = `#/${pathname.split('/')[1] ?? ''}`;
  return (
    <>
      <SkipLink />
      <TopBar title={title}>
        <PersonMenu {...account} />
      </TopBar>
      <AppLayout
        headerSelector="#top-bar"
        toolsHide
        navigationOpen={open}
        onNavigationChange={({ detail }) => setOpen(detail.open)}
        ariaLabels={{
          navigation: SHELL.navigation,
          navigationToggle: SHELL.openNavigation,
          navigationClose: SHELL.closeNavigation,
        }}
        navigation={
          <SideNavigation
            activeHref={active}
            items={[...pages]}
            onFollow={() => setOpen(matchMedia('(min-width: 912px)').matches && open)}
          />
        }
        notifications={notifications}
        stickyNotifications
        content={
          <div id={CONTENT_ID} tabIndex={-1}>
            <Failsafe key={pathname}>
              <Suspense fallback={<Loading />}>{children}</Suspense>
            </Failsafe>
          </div>
        }
      />
    </>
  );
}
