import { applyMode, Mode } from '@cloudscape-design/global-styles';
import { useCallback, useSyncExternalStore } from 'react';

const KEY = 'granary.mode';
const listeners = new Set<() => void>();
let mode: Mode = Mode.Light;

/** What the person chose last, else what the device says. */
function preferred(): Mode {
  try {
    const kept = localStorage.getItem(KEY);
    if (kept === Mode.Light || kept === Mode.Dark) return kept;
  } catch {
    // A browser that keeps nothing still shows the page.
  }
  return matchMedia('(prefers-color-scheme: dark)').matches ? Mode.Dark : Mode.Light;
}

function show(next: Mode): void {
  mode = next;
  applyMode(next);
  document.documentElement.style.colorScheme = next;
  for (const listener of listeners) listener();
}

/** Before anything is drawn, so that a dark page does not flash. */
export function startTheme(): void {
  show(preferred());
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Whether the page is dark, and the switch. */
export function useDarkMode(): readonly [boolean, () => void] {
  const now = useSyncExternalStore(subscribe, () => mode);
  const toggle = useCallback(() => {
    const next = mode === Mode.Dark ? Mode.Light : Mode.Dark;
    show(next);
    try {
      localStorage.setItem(KEY, next);
    } catch {
      // It holds until the page is closed.
    }
  }, []);
  return [now === Mode.Dark, toggle];
}
