import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import { NotFoundError } from '@granary/client';
import { TENANT_PAGE } from '../../strings/en/operator/tenant';
import { SHELL } from '../../strings/en/shell';
import { Answered } from '../answer/answered';
import { useAnswer } from '../answer/use-answer';
import { instant } from '../format/instant';

/** The signed statement of what was removed; nothing until there is one. */
export function TenantReceipt({ tenantId }: { readonly tenantId: string }) {
  const receipt = useAnswer(['receipt', tenantId], (control, signal) =>
    control.getReceipt({ params: { tenantId } }, { signal }).catch((error) => {
      if (error instanceof NotFoundError) return null;
      throw error;
    }),
  );
  if (receipt.data === null) return null;
  return (
    <Container
      header={
        <Header variant="h2" description={TENANT_PAGE.receiptText}>
          {TENANT_PAGE.receipt}
        </Header>
      }
    >
      <Answered query={receipt}>
        {(found) =>
          found && (
            <KeyValuePairs
              columns={2}
              items={[
                { label: TENANT_PAGE.purgedAt, value: instant(found.purgedAt) },
                { label: TENANT_PAGE.algorithm, value: found.algorithm },
                { label: TENANT_PAGE.key, value: found.keyId },
                {
                  label: TENANT_PAGE.signature,
                  value: (
                    <CopyToClipboard
                      variant="inline"
                      textToCopy={found.signature}
                      copySuccessText={SHELL.copied}
                      copyErrorText={SHELL.notCopied}
                    />
                  ),
                },
                {
                  label: TENANT_PAGE.statement,
                  value: <Box variant="code">{found.statement}</Box>,
                },
              ]}
            />
          )
        }
      </Answered>
    </Container>
  );
}
