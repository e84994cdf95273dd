import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import type { Person } from '../session/sign-in-step';
import { SHELL } from '../strings/en/shell';

/** A link in the menu of the person. */
export interface MenuLink {
  readonly id: string;
  readonly text: string;
  readonly href: string;
}

export interface PersonMenuProps {
  readonly person: Person;
  /** More of the menu. @default none */
  readonly menu?: readonly MenuLink[] | undefined;
  readonly onSignOut?: (() => void) | undefined;
}

/** Who is signed in, and the way out. */
export function PersonMenu({ person, menu = [], onSignOut }: PersonMenuProps) {
  return (
    // The bar is dark in both modes: Cloudscape's colours for such a place.
    <div className="awsui-context-top-navigation">
      <ButtonDropdown
        variant="icon"
        ariaLabel={`${SHELL.account}: ${person.email}`}
        iconName="user-profile"
        items={[
          {
            text: `${person.email} · ${SHELL.roles[person.role]}`,
            items: [...menu, { id: 'sign-out', text: SHELL.signOut }],
          },
        ]}
        onItemClick={({ detail }) => {
          if (detail.id === 'sign-out') onSignOut?.();
        }}
      />
    </div>
  );
}
