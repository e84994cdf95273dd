import Box from '@cloudscape-design/components/box';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { SHELL } from '../strings/en/shell';

/** Something is on its way. */
export function Loading({ what = SHELL.loading }: { readonly what?: string }) {
  return (
    <Box padding="l" textAlign="center">
      <div role="status">
        <StatusIndicator type="loading">{what}</StatusIndicator>
      </div>
    </Box>
  );
}
