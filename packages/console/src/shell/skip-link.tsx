import { SHELL } from '../strings/en/shell';
import './skip-link.css';

/** Where the content begins, for the keyboard. */
export const CONTENT_ID = 'content';

/** The first thing that the keyboard reaches. A button: the part of an address behind `#` names the page here. */
export function SkipLink() {
  const skip = () => document.getElementById(CONTENT_ID)?.focus();
  return (
    <button type="button" className="skip-link" onClick={skip}>
      {SHELL.skip}
    </button>
  );
}
