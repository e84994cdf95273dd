import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import { SHELL } from '../strings/en/shell';

/** The page cannot start. */
export function NotSetUp({ reason }: { readonly reason: string }) {
  return (
    <main>
      <Box padding="l">
        <Box variant="h1">{document.title}</Box>
        <div role="alert">
          <Alert type="error" header={SHELL.noConfiguration}>
            {SHELL.noConfigurationText} <Box variant="code">{reason}</Box>
          </Alert>
        </div>
      </Box>
    </main>
  );
}
