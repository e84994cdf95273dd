import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { BillingPlan } from '@granary/api';
import { ConflictError, InvalidRequestError } from '@granary/client';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useConfiguration } from '../configuration/configuration-context';
import type { Faults } from '../form/checked-draft';
import { FormFrame } from '../form/form-frame';
import { TextField } from '../form/text-field';
import { ProblemAlert } from '../problem/problem-alert';
import { problemText } from '../problem/problem-text';
import { Loading } from '../shell/loading';
import { NarrowPage } from '../shell/narrow-page';
import { SIGN_UP } from '../strings/en/sign-up';
import { useBuyer } from './buyer-client';
import { PlanChoice } from './plan-choice';
import { checkDraft, type Draft, EMPTY_DRAFT, faultsOf, suggestTenantId } from './registration-input';

/** Plans, and the form for one of them. */
export default function SignUpForm({ onRegistered }: { readonly onRegistered: (id: string) => void }) {
  const { application } = useConfiguration();
  const buyer = useBuyer();
  const plans = useQuery({ queryKey: ['plans'], queryFn: ({ signal }) => buyer.listPlans({}, { signal }) });
  return (
    <NarrowPage title={SIGN_UP.title(application)} wide>
      {plans.isPending && <Loading what={SIGN_UP.plans.loading} />}
      {plans.error && <ProblemAlert error={plans.error} onRetry={() => void plans.refetch()} />}
      {plans.data && <DraftForm plans={plans.data.plans} onRegistered={onRegistered} />}
    </NarrowPage>
  );
}

type Refused = Faults<keyof Draft>;

interface DraftFormProps {
  readonly plans: readonly BillingPlan[];
  readonly onRegistered: (id: string) => void;
}

function DraftForm({ plans, onRegistered }: DraftFormProps) {
  const buyer = useBuyer();
  const [draft, setDraft] = useState<Draft>({ ...EMPTY_DRAFT, tier: plans[0]?.tier ?? '' });
  const [ownId, setOwnId] = useState(false);
  const [refused, setRefused] = useState<Refused>({});
  const { input, faults } = checkDraft(draft, SIGN_UP.faults);
  const change = (part: Partial<Draft>) => {
    setDraft((now) => ({ ...now, ...part }));
    setRefused((now) => without(now, Object.keys(part)));
  };

  const send = async () => {
    if (!input) return;
    try {
      onRegistered((await buyer.createRegistration({ body: input })).registrationId);
    } catch (error) {
      if (error instanceof ConflictError) setRefused({ tenantId: SIGN_UP.taken });
      else if (error instanceof InvalidRequestError) setRefused(faultsOf(problemText(error).violations));
      throw error;
    }
  };

  if (plans.length === 0) return <Container>{SIGN_UP.plans.none}</Container>;
  return (
    <SpaceBetween size="l">
      <Container
        header={
          <Header variant="h2" description={SIGN_UP.text}>
            {SIGN_UP.plans.title}
          </Header>
        }
      >
        <PlanChoice plans={plans} chosen={draft.tier} onChosen={(tier) => change({ tier })} />
      </Container>
      <FormFrame
        title={SIGN_UP.organization}
        submit={SIGN_UP.submit}
        ready={input !== undefined}
        onSubmit={send}
      >
        {(tried) => {
          const fault = (field: keyof Draft) => refused[field] ?? (tried ? faults[field] : undefined) ?? '';
          return (
            <>
              <TextField
                label={SIGN_UP.fields.name}
                hint={SIGN_UP.fields.nameHint}
                autoComplete="organization"
                value={draft.name}
                onChange={(name) => change(ownId ? { name } : { name, tenantId: suggestTenantId(name) })}
                fault={fault('name')}
              />
              <TextField
                label={SIGN_UP.fields.tenantId}
                hint={SIGN_UP.fields.tenantIdHint}
                value={draft.tenantId}
                onChange={(tenantId) => {
                  setOwnId(true);
                  change({ tenantId });
                }}
                fault={fault('tenantId')}
              />
              <TextField
                label={SIGN_UP.fields.adminEmail}
                hint={SIGN_UP.fields.adminEmailHint}
                type="email"
                autoComplete="email"
                value={draft.adminEmail}
                onChange={(adminEmail) => change({ adminEmail })}
                fault={fault('adminEmail')}
              />
            </>
          );
        }}
      </FormFrame>
    </SpaceBetween>
  );
}

function without(faults: Refused, fields: readonly string[]): Refused {
  return Object.fromEntries(Object.entries(faults).filter(([field]) => !fields.includes(field)));
}
