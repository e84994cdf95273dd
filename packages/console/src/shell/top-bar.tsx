import TopNavigation, { type TopNavigationProps } from '@cloudscape-design/components/top-navigation';
import type { Person } from '../session/sign-in-step';
import { SHELL } from '../strings/en/shell';
import { useDarkMode } from './theme';

export interface TopBarProps {
  readonly title: string;
  /** Who is signed in. @default nobody */
  readonly person?: Person | undefined;
  readonly onSignOut?: (() => void) | undefined;
  /** More of the menu of the person. @default none */
  readonly menu?: readonly { readonly id: string; readonly text: string; readonly href: string }[];
}

/** The bar over every page: its name, light or dark, and the person's menu. */
export function TopBar({ title, person, onSignOut, menu = [] }: TopBarProps) {
  const [dark, toggle] = useDarkMode();
  const utilities: TopNavigationProps.Utility[] = [
    { type: 'button', text: dark ? SHELL.light : SHELL.dark, onClick: toggle, disableTextCollapse: false },
  ];
  if (person)
    utilities.push({
      type: 'menu-dropdown',
      text: person.email,
      description: SHELL.roles[person.role],
      iconName: 'user-profile',
      ariaLabel: SHELL.account,
      items: [...menu, { id: 'sign-out', text: SHELL.signOut }],
      onItemClick: ({ detail }) => {
        if (detail.id === 'sign-out') onSignOut?.();
      },
    });
  return (
    <div id="top-bar">
      <TopNavigation
        identity={{ href: '#/', title, logo: { src: './granary.svg', alt: '' } }}
        utilities={utilities}
      />
    </div>
  );
}
