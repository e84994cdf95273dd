import type { ReactNode } from 'react';
import { SHELL } from '../strings/en/shell';
import { useDarkMode } from './theme';
import './top-bar.css';

export interface TopBarProps {
  readonly title: string;
  /** At its start: what opens the list of pages. @default nothing */
  readonly start?: ReactNode;
  /** At its end: the menu of who is signed in. @default nothing */
  readonly children?: ReactNode;
}

/** The bar over every page: its name, and light or dark. */
export function TopBar({ title, start, children }: TopBarProps) {
  const [dark, toggle] = useDarkMode();
  return (
    <header id="top-bar" className="top-bar">
      {start}
      <a className="top-bar-title" href="#/">
        <img src="./granary.svg" alt="" width="28" height="28" />
        <span>{title}</span>
      </a>
      <button type="button" className="top-bar-button" aria-pressed={dark} onClick={toggle}>
        <span aria-hidden="true">{dark ? '☀' : '☾'}</span>
        <span className="top-bar-words">{SHELL.dark}</span>
      </button>
      {children}
    </header>
  );
}
