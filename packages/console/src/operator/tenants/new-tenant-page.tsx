import FormField from '@cloudscape-design/components/form-field';
import Select from '@cloudscape-design/components/select';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useControl } from '../../api-access/clients';
import { FormFrame, missing } from '../../form/form-frame';
import { TextField } from '../../form/text-field';
import { Page } from '../../shell/page';
import { NEW_TENANT } from '../../strings/en/operator/tenants';
import { useAnswer } from '../answer/use-answer';

const ID = /^[a-z][a-z0-9-]{1,30}[a-z0-9]$/;
const EMAIL = /^\S+@\S+\.\S+$/;

/** An operator's request for a tenant of any tier. */
export default function NewTenantPage() {
  const control = useControl();
  const navigate = useNavigate();
  const plans = useAnswer(
    ['plans'],
    async (client, signal) => (await client.listPlans({}, { signal })).plans,
  );
  const [tenantId, setTenantId] = useState('');
  const [name, setName] = useState('');
  const [tier, setTier] = useState('');
  const [adminEmail, setAdminEmail] = useState('');
  const [cell, setCell] = useState('');
  const tiers = (plans.data ?? []).map((plan) => ({
    value: plan.tier,
    label: NEW_TENANT.tierOption(plan.tier, plan.model),
  }));
  const ready = ID.test(tenantId) && name.trim() !== '' && tier !== '' && EMAIL.test(adminEmail);
  return (
    <Page title={NEW_TENANT.title}>
      <FormFrame
        title={NEW_TENANT.title}
        description={NEW_TENANT.text}
        submit={NEW_TENANT.submit}
        ready={ready}
        onSubmit={async () => {
          const registration = await control.createTenant({
            body: { tenantId, name, tier, adminEmail, ...(cell === '' ? {} : { cell }) },
          });
          await navigate(`/registrations/${registration.registrationId}`);
        }}
      >
        {(tried) => (
          <>
            <TextField
              label={NEW_TENANT.id}
              hint={NEW_TENANT.idHint}
              value={tenantId}
              onChange={setTenantId}
              fault={tried && !ID.test(tenantId) ? NEW_TENANT.idWrong : undefined}
            />
            <TextField
              label={NEW_TENANT.name}
              value={name}
              onChange={setName}
              fault={missing(tried, name.trim())}
            />
            <FormField label={NEW_TENANT.tier} errorText={missing(tried, tier)} stretch>
              <Select
                options={tiers}
                statusType={plans.isPending ? 'loading' : plans.error ? 'error' : 'finished'}
                placeholder={NEW_TENANT.chooseTier}
                selectedOption={tiers.find(({ value }) => value === tier) ?? null}
                onChange={({ detail }) => setTier(detail.selectedOption.value ?? '')}
              />
            </FormField>
            <TextField
              label={NEW_TENANT.email}
              hint={NEW_TENANT.emailHint}
              type="email"
              value={adminEmail}
              onChange={setAdminEmail}
              fault={tried && !EMAIL.test(adminEmail) ? NEW_TENANT.emailWrong : undefined}
            />
            <TextField label={NEW_TENANT.cell} hint={NEW_TENANT.cellHint} value={cell} onChange={setCell} />
          </>
        )}
      </FormFrame>
    </Page>
  );
}
