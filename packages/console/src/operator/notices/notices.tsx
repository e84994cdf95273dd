import Flashbar, { type FlashbarProps } from '@cloudscape-design/components/flashbar';
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';
import { SHELL } from '../../strings/en/shell';

export interface Notice {
  readonly type: 'success' | 'error';
  readonly header: ReactNode;
  /** @default nothing */
  readonly content?: ReactNode;
}

interface Notices {
  readonly items: readonly FlashbarProps.MessageDefinition[];
  readonly notify: (notice: Notice) => void;
}

const NoticesContext = createContext<Notices | undefined>(undefined);
/** Older ones give way. */
const KEPT = 3;
let count = 0;

/** Keeps what was told to the person until they dismiss it. */
export function NoticesProvider({ children }: { readonly children: ReactNode }) {
  const [items, setItems] = useState<readonly FlashbarProps.MessageDefinition[]>([]);
  const notify = useCallback(({ type, header, content }: Notice) => {
    count += 1;
    const id = `notice-${count}`;
    const item: FlashbarProps.MessageDefinition = {
      id,
      type,
      header,
      content,
      dismissible: true,
      dismissLabel: SHELL.close,
      ariaRole: type === 'error' ? 'alert' : 'status',
      onDismiss: () => setItems((now) => now.filter((each) => each.id !== id)),
    };
    setItems((now) => [item, ...now].slice(0, KEPT));
  }, []);
  const value = useMemo(() => ({ items, notify }), [items, notify]);
  return <NoticesContext.Provider value={value}>{children}</NoticesContext.Provider>;
}

function useNotices(): Notices {
  const notices = useContext(NoticesContext);
  if (!notices) throw new Error('useNotices: there is no NoticesProvider around it');
  return notices;
}

/** Tells the person something over the page. */
export function useNotify(): Notices['notify'] {
  return useNotices().notify;
}

/** The notices themselves. */
export function NoticeBar() {
  return <Flashbar items={useNotices().items} />;
}
