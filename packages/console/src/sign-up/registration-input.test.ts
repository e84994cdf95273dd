import { TENANT_ID_PATTERN } from '@granary/api';
import { checkDraft, EMPTY_DRAFT, faultsOf, suggestTenantId } from './registration-input';

const WORDS = { tenantId: 'id!', name: 'name!', tier: 'tier!', adminEmail: 'email!' };
const DRAFT = { tenantId: 'acme', name: ' Acme Ltd. ', tier: 'basic', adminEmail: ' Ann@Acme.example ' };

test('a draft that the API would take is sent tidy', () => {
  expect(checkDraft(DRAFT, WORDS)).toEqual({
    input: { tenantId: 'acme', name: 'Acme Ltd.', tier: 'basic', adminEmail: 'ann@acme.example' },
    faults: {},
  });
});

test('every field that the API would refuse is named at once, in our words', () => {
  expect(checkDraft(EMPTY_DRAFT, WORDS)).toEqual({ faults: WORDS });
  expect(checkDraft({ ...DRAFT, tenantId: 'Acme!' }, WORDS)).toEqual({ faults: { tenantId: 'id!' } });
});

test('what the API found wrong is shown at its field', () => {
  expect(faultsOf({ '/tenantId': 'is taken', '/other': 'x' })).toEqual({ tenantId: 'is taken' });
});

test.each([
  ['Acme Ltd.', 'acme-ltd'],
  ['  Ärzte & Söhne ', 'arzte-sohne'],
  ['3M Company', 'm-company'],
  ['x'.repeat(60), 'x'.repeat(32)],
  ['???', ''],
])('the name "%s" suggests the id "%s"', (name, id) => {
  expect(suggestTenantId(name)).toBe(id);
  if (id) expect(id).toMatch(TENANT_ID_PATTERN);
});
