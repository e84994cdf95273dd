import { lazy, Suspense } from 'react';
import type { Person } from '../session/sign-in-step';
import { SHELL } from '../strings/en/shell';
import { useDarkMode } from './theme';
import './top-bar.css';

/** A module of its own: who is not signed in does not load menus. */
const PersonMenu = lazy(() => import('./person-menu'));

/** A link in the menu of the person. */
export interface MenuLink {
  readonly id: string;
  readonly text: string;
  readonly href: string;
}

export interface TopBarProps {
  readonly title: string;
  /** Who is signed in. @default nobody */
  readonly person?: Person | undefined;
  readonly onSignOut?: (() => void) | undefined;
  /** More of the menu of the person. @default none */
  readonly menu?: readonly MenuLink[];
}

/** The bar over every page: its name, light or dark, and the person's menu. */
export function TopBar({ title, person, onSignOut, menu = [] }: TopBarProps) {
  const [dark, toggle] = useDarkMode();
  return (
    <header id="top-bar" className="top-bar">
      <a className="top-bar-title" href="#/">
        <img src="./granary.svg" alt="" width="28" height="28" />
        <span>{title}</span>
      </a>
      <button type="button" className="top-bar-button" aria-pressed={dark} onClick={toggle}>
        <span aria-hidden="true">{dark ? '☀' : '☾'}</span>
        <span className="top-bar-words">{SHELL.dark}</span>
      </button>
      {person && (
        <Suspense>
          <PersonMenu person={person} menu={menu} onSignOut={onSignOut} />
        </Suspense>
      )}
    </header>
  );
}
