import { useState } from 'react';
import { FormFrame } from '../form/form-frame';
import { TextField } from '../form/text-field';
import { NarrowPage } from '../shell/narrow-page';
import { TENANT } from '../strings/en/tenant';
import { isTenantName } from './tenant-name';

/** Asks which tenant, where the address does not say it. */
export function TenantFinder({ onChosen }: { readonly onChosen: (name: string) => void }) {
  const [name, setName] = useState('');
  const typed = name.trim().toLowerCase();
  return (
    <NarrowPage title={TENANT.finder.title}>
      <FormFrame
        title={TENANT.finder.heading}
        description={TENANT.finder.text}
        submit={TENANT.finder.submit}
        ready={isTenantName(typed)}
        onSubmit={async () => onChosen(typed)}
      >
        {(tried) => (
          <TextField
            label={TENANT.finder.name}
            autoComplete="organization"
            autoFocus
            value={name}
            onChange={setName}
            fault={tried && !isTenantName(typed) ? TENANT.finder.noName : ''}
          />
        )}
      </FormFrame>
    </NarrowPage>
  );
}
