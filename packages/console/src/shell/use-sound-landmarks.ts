import { useEffect } from 'react';

const UNSOUND = 'nav[aria-orientation]';

/**
 * Takes `aria-orientation` off landmarks, which have none by ARIA. Cloudscape's bar for narrow screens says it, and
 * comes and goes with the width of the window.
 */
export function useSoundLandmarks(): void {
  useEffect(() => {
    const mend = () => {
      for (const landmark of document.querySelectorAll(UNSOUND)) landmark.removeAttribute('aria-orientation');
    };
    mend();
    const observer = new MutationObserver(mend);
    observer.observe(document.body, { childList: true, subtree: true });
    return () => observer.disconnect();
  }, []);
}
