import type { Attempt } from '../attempt';
import { direct, dynamodbAttempts } from '../classes/direct-dynamodb';
import { serviceRoleAttempts, userDeletions, userSession } from '../classes/service-roles';
import { trustAttempts } from '../classes/tenant-ids';
import { type Field, neighboursOf, type TenantField } from '../field/field';
import type { Mutation } from './mutation';
import { type PolicyDocument, whileChanged } from './role-document';

/** Two tenants of one pool, of whom the first's id is the beginning of the second's. */
function pair(field: Field): { readonly attacker: TenantField; readonly two: Field } {
  const attacker = field.tenants.find((one) =>
    neighboursOf(field, one).some(({ tenantId }) => tenantId.startsWith(one.tenantId)),
  ) as TenantField;
  return { attacker, two: { ...field, tenants: [attacker, ...neighboursOf(field, attacker)] } };
}

/** What the tenants' credentials reach: the suite's own attempts, by the first of the pair. */
const credentials = (field: Field): Attempt[] => {
  const { attacker, two } = pair(field);
  return dynamodbAttempts(two).filter(
    ({ tenantId, expected }) => tenantId === attacker.tenantId && expected === 'refused',
  );
};

const eachAllow =
  (change: (statement: PolicyDocument['Statement'][number]) => void) => (document: PolicyDocument) => {
    for (const statement of document.Statement) if (statement.Effect === 'Allow') change(statement);
  };

/** Changes the tenant role's permissions and lets the tenants' credentials loose. */
const tenantPolicy = (
  defence: string,
  off: string,
  expected: Mutation['expected'],
  change: (statement: PolicyDocument['Statement'][number]) => void,
): Mutation => ({
  defence,
  off,
  expected,
  run: (field, make) =>
    whileChanged(field, pair(field).attacker.deployment.tenantRole, 'policy', eachAllow(change), () =>
      make(credentials(field)),
    ),
});

const KEYS = 'ForAllValues:StringLike';
const without = (record: Record<string, unknown> | undefined, name: string) => {
  if (record) delete record[name];
};
const pattern = (text: string) => (statement: PolicyDocument['Statement'][number]) => {
  if (statement.Condition?.[KEYS]) statement.Condition[KEYS]['dynamodb:LeadingKeys'] = [text];
};

/** Defences in the policies of the deployed roles, switched off by root while the attack runs. */
export const POLICY_MUTATIONS: readonly Mutation[] = [
  {
    defence: 'the roles as they are',
    off: 'nothing',
    expected: 'holds',
    run: (field, make) => make(credentials(field)),
  },
  tenantPolicy('LeadingKeys condition', 'removed', 'leaks', ({ Condition }) => without(Condition, KEYS)),
  tenantPolicy(
    'separator behind the id',
    'TENANT#<tag>*',
    'leaks',
    pattern(`TENANT#\${aws:PrincipalTag/TenantId}*`),
  ),
  tenantPolicy('tag in the pattern', 'TENANT#*', 'leaks', pattern('TENANT#*')),
  tenantPolicy('ForAllValues', 'ForAnyValue', 'leaks', (statement) => {
    const keys = statement.Condition?.[KEYS];
    if (keys) statement.Condition = { ...statement.Condition, 'ForAnyValue:StringLike': keys };
    without(statement.Condition, KEYS);
  }),
  tenantPolicy('Null condition', 'removed; no action without a key is named', 'holds', ({ Condition }) =>
    without(Condition?.Null as Record<string, unknown>, 'dynamodb:LeadingKeys'),
  ),
  {
    defence: 'Null condition, actions by name, inline policy',
    off: 'all three: Scan for a session that forgot its inline policy',
    expected: 'leaks',
    run: (field, make) =>
      whileChanged(
        field,
        pair(field).attacker.deployment.tenantRole,
        'policy',
        eachAllow((statement) => {
          statement.Action = ['dynamodb:*'];
          without(statement.Condition?.Null as Record<string, unknown>, 'dynamodb:LeadingKeys');
        }),
        async () => make(await scans(field)),
      ),
  },
  {
    defence: 'tag that the trust policy requires',
    off: 'removed',
    expected: 'leaks',
    run: (field, make) => {
      const { deployment } = pair(field).attacker;
      const change = eachAllow((statement) => {
        delete statement.Condition;
      });
      return whileChanged(field, deployment.tenantRole, 'trust', change, async () =>
        make(await trustAttempts(field, deployment)),
      );
    },
  },
  {
    defence: 'inline policy of a TenantUser',
    off: 'left out of AssumeRole',
    expected: 'leaks',
    run: async (field, make) => make(await userDeletions(field, pair(field).attacker, false)),
  },
  {
    defence: 'inline policy of a TenantUser',
    off: 'nothing',
    expected: 'holds',
    run: async (field, make) => make(await userDeletions(field, pair(field).attacker, true)),
  },
  {
    defence: "services' roles without the tables",
    off: 'dynamodb:* for the product service',
    expected: 'leaks',
    run: (field, make) => {
      const { attacker, two } = pair(field);
      const [productRole = ''] = attacker.deployment.serviceRoles;
      const change = (document: PolicyDocument) => {
        document.Statement.push({ Effect: 'Allow', Action: 'dynamodb:*', Resource: '*' });
      };
      return whileChanged(field, productRole, 'policy', change, async () =>
        make(await serviceRoleAttempts(two)),
      );
    },
  },
];

async function scans(field: Field): Promise<Attempt[]> {
  const { attacker } = pair(field);
  const { tenantId, deployment } = attacker;
  const { productTable: TableName, region } = deployment;
  const credentials = await userSession(field, attacker, false);
  return direct(field, `${tenantId}'s user`, tenantId, region, credentials, [['Scan', { TableName }]]);
}
