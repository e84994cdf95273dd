import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { type ReactNode, useEffect } from 'react';
import { useConfiguration } from '../configuration/configuration-context';
import { CONTENT_ID } from './skip-link';

export interface PageProps {
  /** The heading of level 1, and the title of the window. */
  readonly title: string;
  readonly description?: ReactNode;
  /** Buttons beside the heading. @default none */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

let shown: string | undefined;

/** One page: names the window, and begins at its top, with the focus, when the person came from another page. */
export function Page({ title, description, actions, children }: PageProps) {
  const { application } = useConfiguration();
  useEffect(() => {
    document.title = `${title} · ${application}`;
    if (shown !== undefined && shown !== title) {
      scrollTo(0, 0);
      document.getElementById(CONTENT_ID)?.focus({ preventScroll: true });
    }
    shown = title;
  }, [title, application]);
  return (
    <SpaceBetween size="m">
      <Header variant="h1" description={description} actions={actions}>
        {title}
      </Header>
      {children}
    </SpaceBetween>
  );
}
