import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { type ReactNode, useEffect } from 'react';
import { useConfiguration } from '../configuration/configuration-context';
import { CONTENT_ID, SkipLink } from './skip-link';
import { TopBar } from './top-bar';
import './narrow-page.css';

export interface NarrowPageProps {
  /** The heading of level 1. */
  readonly title: string;
  /** The title of the window. @default the heading */
  readonly windowTitle?: string;
  /** Room for more than one form. @default false */
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** A page without a list of pages, for somebody who is not signed in. */
export function NarrowPage({ title, windowTitle = title, wide = false, children }: NarrowPageProps) {
  const { application } = useConfiguration();
  useEffect(() => {
    document.title = `${windowTitle} · ${application}`;
  }, [windowTitle, application]);
  return (
    <>
      <SkipLink />
      <TopBar title={application} />
      <main id={CONTENT_ID} tabIndex={-1} className={wide ? 'narrow-page narrow-page-wide' : 'narrow-page'}>
        <SpaceBetween size="l">
          <Box variant="h1">{title}</Box>
          {children}
        </SpaceBetween>
      </main>
    </>
  );
}
