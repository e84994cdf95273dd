import Alert from '@cloudscape-design/components/alert';
import { SHELL } from '../strings/en/shell';
import { Page } from './page';

/** An address that leads nowhere. */
export function NoSuchPage() {
  return (
    <Page title={SHELL.noSuchPage}>
      <Alert type="info">{SHELL.noSuchPageText}</Alert>
    </Page>
  );
}
