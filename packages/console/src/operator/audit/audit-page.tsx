import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { TextField } from '../../form/text-field';
import { Page } from '../../shell/page';
import { AUDIT } from '../../strings/en/operator/audit';
import { type AuditFilter, AuditTrail } from '../audit-trail/audit-trail';
import { ChainVerification } from '../audit-trail/chain-verification';
import './audit-filter.css';

const EMPTY = { tenantId: '', actor: '', action: '', from: '', to: '' };

/** The audit log of all tenants and of the platform, and its verification. */
export default function AuditPage() {
  const [draft, setDraft] = useState(EMPTY);
  const [asked, setAsked] = useState<AuditFilter>({});
  const field = (name: keyof typeof EMPTY, label: string, hint?: string) => (
    <TextField
      label={label}
      hint={hint}
      value={draft[name]}
      onChange={(value) => setDraft((now) => ({ ...now, [name]: value }))}
    />
  );
  return (
    <Page title={AUDIT.title}>
      <SpaceBetween size="l">
        <Container>
          <form
            noValidate
            aria-label={AUDIT.search}
            onSubmit={(event) => {
              event.preventDefault();
              setAsked(filterOf(draft));
            }}
          >
            <div className="audit-filter">
              {field('tenantId', AUDIT.tenant, AUDIT.tenantHint)}
              {field('actor', AUDIT.who)}
              {field('action', AUDIT.action)}
              {field('from', AUDIT.from, AUDIT.dayHint)}
              {field('to', AUDIT.to, AUDIT.dayHint)}
              <Button variant="primary">{AUDIT.ask}</Button>
            </div>
          </form>
        </Container>
        <AuditTrail filter={asked} />
        <ChainVerification key={asked.tenantId} tenantId={asked.tenantId} />
      </SpaceBetween>
    </Page>
  );
}

/** What is empty is not asked for; a day is its first moment, or for `to` the moment behind it. */
function filterOf(draft: typeof EMPTY): AuditFilter {
  const given = Object.entries(draft).filter(([, value]) => value.trim() !== '');
  return Object.fromEntries(
    given.map(([name, value]) => [
      name,
      name === 'from' || name === 'to' ? momentOf(name, value.trim()) : value.trim(),
    ]),
  );
}

function momentOf(name: 'from' | 'to', day: string): string {
  if (!/^\d{4}-\d\d-\d\d$/.test(day)) return day;
  const moment = new Date(`${day}T00:00:00.000Z`);
  if (name === 'to') moment.setUTCDate(moment.getUTCDate() + 1);
  return moment.toISOString();
}
