import { SHELL } from '../strings/en/shell';

export const NAVIGATION_ID = 'pages';
export const TOGGLE_ID = 'pages-toggle';

export interface NavigationToggleProps {
  readonly open: boolean;
  readonly onToggle: () => void;
}

/** Opens and closes the list of pages. */
export function NavigationToggle({ open, onToggle }: NavigationToggleProps) {
  return (
    <button
      id={TOGGLE_ID}
      type="button"
      className="top-bar-button"
      aria-expanded={open}
      aria-controls={NAVIGATION_ID}
      aria-label={SHELL.navigation}
      title={open ? SHELL.closeNavigation : SHELL.openNavigation}
      onClick={onToggle}
    >
      <svg width="16" height="20" viewBox="0 0 16 20" aria-hidden="true">
        <path d="M1 5h14M1 10h14M1 15h14" stroke="currentColor" strokeWidth="2" />
      </svg>
    </button>
  );
}
