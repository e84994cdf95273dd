import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { type GrantedSupportAccess, type SupportAccess, TENANT_ROLES, type TenantRole } from '@granary/api';
import { allItems } from '@granary/client';
import { useState } from 'react';
import { PEOPLE } from '../../strings/en/operator/people';
import { TENANT_SUPPORT } from '../../strings/en/operator/tenant';
import { useAnswer } from '../answer/use-answer';
import { instant } from '../format/instant';
import { Listing } from '../listing/listing';
import { OrderButton } from '../order/order-button';
import { StateIndicator } from '../status/state-indicator';

interface ListInput {
  readonly params: { readonly tenantId: string };
  readonly query?: { readonly nextToken?: string; readonly limit?: number };
}

/** Who was let into the tenant, and the way in for who needs it. */
export function TenantSupport({ tenantId }: { readonly tenantId: string }) {
  const [granted, setGranted] = useState<GrantedSupportAccess>();
  const accesses = useAnswer<readonly SupportAccess[]>(['support', tenantId], (control, signal) =>
    allItems<ListInput, SupportAccess>(control.listSupportAccess, { params: { tenantId } }, { signal }),
  );
  return (
    <SpaceBetween size="l">
      {granted && <Granted access={granted} />}
      <Listing
        title={TENANT_SUPPORT.title}
        items={accesses.data ?? []}
        query={accesses}
        rowId={({ accessId }) => accessId}
        empty={TENANT_SUPPORT.none}
        actions={<LetMeIn tenantId={tenantId} onGranted={setGranted} />}
        columns={[
          { id: 'operator', header: TENANT_SUPPORT.operator, text: ({ grantedTo }) => grantedTo },
          { id: 'role', header: TENANT_SUPPORT.role, text: ({ role }) => PEOPLE.roles[role] },
          { id: 'reason', header: TENANT_SUPPORT.reason, text: ({ reason }) => reason },
          {
            id: 'until',
            header: TENANT_SUPPORT.until,
            cell: ({ until }) => instant(until),
            text: ({ until }) => until,
          },
          {
            id: 'state',
            header: TENANT_SUPPORT.state,
            cell: ({ status }) => <StateIndicator state={status} />,
          },
          {
            id: 'orders',
            header: '',
            cell: ({ accessId, grantedTo, status }) =>
              status === 'active' && (
                <OrderButton
                  operation="endSupportAccess"
                  variant="inline-link"
                  label={TENANT_SUPPORT.end}
                  ariaLabel={TENANT_SUPPORT.endOf(grantedTo)}
                  text={TENANT_SUPPORT.endText}
                  run={(control) => control.endSupportAccess({ params: { tenantId, accessId } })}
                  done={TENANT_SUPPORT.endDone}
                  refreshes={['support', 'users']}
                />
              ),
          },
        ]}
      />
    </SpaceBetween>
  );
}

function LetMeIn({
  tenantId,
  onGranted,
}: {
  readonly tenantId: string;
  readonly onGranted: (access: GrantedSupportAccess) => void;
}) {
  return (
    <OrderButton
      operation="grantSupportAccess"
      label={TENANT_SUPPORT.grant}
      text={TENANT_SUPPORT.grantText}
      fields={[
        {
          name: 'minutes',
          label: TENANT_SUPPORT.minutes,
          hint: TENANT_SUPPORT.minutesHint,
          kind: 'number',
          initial: '30',
          least: 1,
          most: 480,
        },
        {
          name: 'role',
          label: TENANT_SUPPORT.role,
          kind: 'choice',
          initial: 'TenantUser',
          options: TENANT_ROLES.map((role) => ({ value: role, label: PEOPLE.roles[role] })),
        },
        {
          name: 'reason',
          label: TENANT_SUPPORT.reason,
          hint: TENANT_SUPPORT.reasonHint,
          kind: 'long',
          least: 10,
          most: 500,
        },
      ]}
      run={(control, { minutes, role, reason = '' }) =>
        control.grantSupportAccess({
          params: { tenantId },
          body: { minutes: Number(minutes), role: role as TenantRole, reason },
        })
      }
      onDone={onGranted}
      refreshes={['support', 'users']}
    />
  );
}

function Granted({
  access: { userName, password, apiUrl, until },
}: {
  readonly access: GrantedSupportAccess;
}) {
  return (
    <Alert type="success" header={TENANT_SUPPORT.granted}>
      <SpaceBetween size="s">
        <Box>{TENANT_SUPPORT.grantedText}</Box>
        <KeyValuePairs
          columns={2}
          items={[
            { label: TENANT_SUPPORT.user, value: userName },
            { label: TENANT_SUPPORT.password, value: <Box variant="code">{password}</Box> },
            { label: TENANT_SUPPORT.api, value: apiUrl },
            { label: TENANT_SUPPORT.until, value: instant(until) },
          ]}
        />
      </SpaceBetween>
    </Alert>
  );
}
