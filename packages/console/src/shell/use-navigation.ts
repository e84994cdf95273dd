import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { NAVIGATION_ID, TOGGLE_ID } from './navigation-toggle';

/** Where the list of pages no longer fits beside the content; `shell.css` has it too. */
const NARROW = '(max-width: 911px)';

function subscribe(listener: () => void): () => void {
  const media = matchMedia(NARROW);
  media.addEventListener('change', listener);
  return () => media.removeEventListener('change', listener);
}

export interface Navigation {
  readonly open: boolean;
  /** Open over the content, which then cannot be reached. */
  readonly covers: boolean;
  readonly toggle: () => void;
  /** A page was chosen. */
  readonly leave: () => void;
}

/**
 * Whether the list of pages is open: on a wide screen until it is closed, on a narrow one while it is needed. There it
 * takes the focus, and Escape closes it.
 */
export function useNavigation(): Navigation {
  const narrow = useSyncExternalStore(subscribe, () => matchMedia(NARROW).matches);
  const [chosen, setChosen] = useState<{ readonly narrow: boolean; readonly open: boolean }>();
  const open = chosen?.narrow === narrow ? chosen.open : !narrow;
  const covers = narrow && open;
  const toggle = useCallback(() => setChosen({ narrow, open: !open }), [narrow, open]);
  const leave = useCallback(() => narrow && setChosen(undefined), [narrow]);
  useEffect(() => {
    if (!covers) return undefined;
    document.getElementById(NAVIGATION_ID)?.querySelector('a')?.focus();
    const close = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      setChosen(undefined);
      document.getElementById(TOGGLE_ID)?.focus();
    };
    addEventListener('keydown', close);
    return () => removeEventListener('keydown', close);
  }, [covers]);
  return { open, covers, toggle, leave };
}
