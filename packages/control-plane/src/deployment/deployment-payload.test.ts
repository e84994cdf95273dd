import type { DeploymentRegistration } from '@granary/api';
import { registrationOf, SILO } from '../rehearsal/rehearsal';
import { InvalidDeploymentError } from './deployment-error';
import { parseDeploymentPayload } from './deployment-payload';

test('a pool, a silo and a check are told apart', () => {
  expect(parseDeploymentPayload(registrationOf())).toMatchObject({ kind: 'register' });
  expect(parseDeploymentPayload(SILO)).toMatchObject({ kind: 'register', registration: { kind: 'silo' } });
  expect(parseDeploymentPayload({ check: 'acme' })).toEqual({ kind: 'check', deploymentId: 'acme' });
});

const { tenant, ...withoutTenant } = SILO;
const wrong: readonly [string, unknown, RegExp][] = [
  ['a reserved id', registrationOf({ deploymentId: 'pipeline' }), /"pipeline" is reserved/],
  [
    'a pool with a tenant',
    registrationOf({ ...(tenant ? { tenant } : {}) }),
    /a pool has none; leave it out/,
  ],
  ['a silo without a tenant', withoutTenant, /a silo names its tenant/],
  ['a silo with another\u2019s tenant', { ...SILO, deploymentId: 'globex' }, /whose id is "globex"/],
  [
    'a silo without a plan for its tier',
    { ...SILO, usagePlanIds: { basic: 'plan1' } },
    /no plan for the tenant's tier "platinum"/,
  ],
  ['no plan at all', registrationOf({ usagePlanIds: {} }), /no plan at all/],
  [
    'a role of another account',
    registrationOf({ account: '333333333333' }),
    /must be a role of account 333333333333/,
  ],
  [
    'a user pool of another region',
    registrationOf({ region: 'eu-west-1' }),
    /must be a user pool in eu-west-1/,
  ],
  ['a release that is no commit', registrationOf({ release: 'latest' }), /release: must be a commit id/],
  ['a field too many', { ...registrationOf(), password: 'x' }, /password/],
  ['a check of no id', { check: '../x' }, /check/],
  ['nothing', undefined, /payload/],
];
test.each(wrong)('%s is refused', (_, payload, message) => {
  expect(() => parseDeploymentPayload(payload)).toThrow(InvalidDeploymentError);
  expect(() => parseDeploymentPayload(payload)).toThrow(message);
});

test('everything that is wrong is said at once', () => {
  const payload: DeploymentRegistration = registrationOf({ deploymentId: 'pipeline', usagePlanIds: {} });
  expect(() => parseDeploymentPayload(payload)).toThrow(/reserved.*no plan at all/);
});
