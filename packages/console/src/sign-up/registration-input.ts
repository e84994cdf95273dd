import { type RegistrationInput, registrationInputSchema } from '@granary/api';
import { checkedDraft, type Faults } from '../form/checked-draft';

/** What the buyer has typed so far. */
export type Draft = Readonly<Record<keyof RegistrationInput, string>>;

export const EMPTY_DRAFT: Draft = { tenantId: '', name: '', tier: '', adminEmail: '' };

/** As it is sent: the API trims the name, and addresses are compared in lower case. */
function tidy({ tenantId, name, tier, adminEmail }: Draft): Draft {
  return { tenantId: tenantId.trim(), name: name.trim(), tier, adminEmail: adminEmail.trim().toLowerCase() };
}

/** Holds a draft against the API's own schema. */
export function checkDraft(draft: Draft, words: Readonly<Record<keyof RegistrationInput, string>>) {
  return checkedDraft(registrationInputSchema, tidy(draft), words);
}

/** What the API found wrong, by the field's JSON pointer, as faults of the fields. */
export function faultsOf(violations: Readonly<Record<string, string>>): Faults<keyof RegistrationInput> {
  const fields = Object.keys(EMPTY_DRAFT) as (keyof RegistrationInput)[];
  return Object.fromEntries(
    fields.flatMap((field) => {
      const said = violations[`/${field}`];
      return said === undefined ? [] : [[field, said]];
    }),
  );
}

const LONGEST_ID = 32;

/** An id out of an organization's name: "Acme Ltd." gives "acme-ltd". May be empty. */
export function suggestTenantId(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, LONGEST_ID)
    .replace(/-+$/, '');
}
