import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import type { AuditVerification } from '@granary/api';
import { useState } from 'react';
import { useControl } from '../../api-access/clients';
import { ProblemAlert } from '../../problem/problem-alert';
import { AUDIT } from '../../strings/en/operator/audit';
import { verifyChain } from './verify-chain';

type Walk =
  | { readonly state: 'none' }
  | { readonly state: 'walking'; readonly line: number }
  | { readonly state: 'walked'; readonly found: AuditVerification }
  | { readonly state: 'failed'; readonly error: unknown };

/** Verifies one chain of the log. @param tenantId undefined: the platform's own */
export function ChainVerification({ tenantId }: { readonly tenantId?: string | undefined }) {
  const control = useControl();
  const [walk, setWalk] = useState<Walk>({ state: 'none' });
  const verify = async () => {
    setWalk({ state: 'walking', line: 0 });
    try {
      const found = await verifyChain(
        (after) => control.verifyAudit({ query: { ...(tenantId ? { tenantId } : {}), after } }),
        (line) => setWalk({ state: 'walking', line }),
      );
      setWalk({ state: 'walked', found });
    } catch (error) {
      setWalk({ state: 'failed', error });
    }
  };
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={AUDIT.verifyText}
          actions={
            <Button
              loading={walk.state === 'walking'}
              loadingText={walk.state === 'walking' ? AUDIT.verifying(walk.line) : ''}
              onClick={() => void verify()}
            >
              {AUDIT.verifyOf(tenantId ?? AUDIT.platform)}
            </Button>
          }
        >
          {AUDIT.verification}
        </Header>
      }
    >
      <div role="status">{told(walk)}</div>
    </Container>
  );
}

function told(walk: Walk) {
  if (walk.state === 'walking') return AUDIT.verifying(walk.line);
  if (walk.state === 'failed') return <ProblemAlert error={walk.error} />;
  if (walk.state !== 'walked') return null;
  const { head, anchors, broken } = walk.found;
  return broken ? (
    <Alert type="error">{AUDIT.broken(broken.sequence, AUDIT.faults[broken.fault])}</Alert>
  ) : (
    <Alert type="success">{AUDIT.intact(head.sequence, anchors)}</Alert>
  );
}
