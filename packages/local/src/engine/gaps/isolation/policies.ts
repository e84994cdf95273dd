import { rowsPolicy, TenantTable } from '../tenant-table';

const TAGGED = `TENANT#\${aws:PrincipalTag/TenantId}#*`;
const ITEMS = rowsPolicy(TAGGED);
const everything = (Resource: unknown = '*') => ({ Effect: 'Allow', Action: 'dynamodb:*', Resource });
const policy = (...Statement: readonly object[]) => ({ Version: '2012-10-17', Statement });
const keys = (operator: string, pattern: string, more: object = {}) =>
  policy({
    ...everything([TenantTable.arn, `${TenantTable.arn}/index/*`, TenantTable.doomedArn]),
    Condition: { [operator]: { 'dynamodb:LeadingKeys': [pattern] }, ...more },
  });
const conditioned = (Condition: object) => policy({ ...everything(), Condition });
const PRESENT = { Null: { 'dynamodb:LeadingKeys': 'false' } };

/** Policies of roles and of sessions, as this project writes them, as people write them, and as attackers would. */
export const POLICIES = {
  /** What the tenant role has: actions by name, ForAllValues and Null together, the separator behind the id. */
  floor: ITEMS,
  /** The floor for the table alone. */
  'floor without indexes': rowsPolicy(TAGGED, undefined, true, [TenantTable.arn]),
  'floor and a deny of DeleteItem': policy(...ITEMS.Statement, {
    Effect: 'Deny',
    Action: 'dynamodb:DeleteItem',
    Resource: '*',
  }),
  'floor and a deny of foreign keys': policy(everything(), {
    Effect: 'Deny',
    Action: '*',
    Resource: '*',
    Condition: { 'ForAnyValue:StringNotLike': { 'dynamodb:LeadingKeys': [TAGGED] } },
  }),
  'floor and a deny whose variable is missing': policy(everything(), {
    Effect: 'Deny',
    Action: '*',
    Resource: '*',
    Condition: {
      'ForAnyValue:StringNotLike': { 'dynamodb:LeadingKeys': [`TENANT#\${aws:PrincipalTag/No}#*`] },
    },
  }),
  'floor without ConditionCheckItem': rowsPolicy(TAGGED, ['dynamodb:GetItem', 'dynamodb:PutItem']),
  'dynamodb:* without Null': keys('ForAllValues:StringLike', TAGGED),
  // Of a statement the engine does not tell the table.
  'dynamodb:* on * without Null': conditioned({
    'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [TAGGED] },
  }),
  'dynamodb:* with Null': keys('ForAllValues:StringLike', TAGGED, PRESENT),
  'pattern without the separator': rowsPolicy(`TENANT#\${aws:PrincipalTag/TenantId}*`),
  'pattern with a hyphen': rowsPolicy(`TENANT#\${aws:PrincipalTag/TenantId}-*`),
  'ForAnyValue instead of ForAllValues': keys('ForAnyValue:StringLike', TAGGED),
  'IfExists instead of Null': keys('ForAllValues:StringLikeIfExists', TAGGED),
  'one shard by StringEquals': keys(
    'ForAllValues:StringEquals',
    `TENANT#\${aws:PrincipalTag/TenantId}#0`,
    PRESENT,
  ),
  'variables in an old version': { ...rowsPolicy(TAGGED), Version: '2008-10-17' },
  'index without a condition': policy({
    Effect: 'Allow',
    Action: 'dynamodb:Query',
    Resource: `${TenantTable.arn}/index/byStatus`,
  }),
  everything: policy(everything()),
  nothing: policy({ Effect: 'Allow', Action: 'sts:GetCallerIdentity', Resource: '*' }),
  'reads of everything': policy({
    Effect: 'Allow',
    Action: ['dynamodb:GetItem', 'dynamodb:Scan'],
    Resource: '*',
  }),
  'deny of writes': policy(everything(), { Effect: 'Deny', Action: 'dynamodb:PutItem', Resource: '*' }),
  'another table': policy(everything(`${TenantTable.arn}-of-others`)),
  'tenant b by name': keys('ForAllValues:StringLike', 'TENANT#b#*', PRESENT),
  'tenant a by name': keys('ForAllValues:StringLike', 'TENANT#a#*', PRESENT),
  'tenant * by name': keys('ForAllValues:StringLike', 'TENANT#*#*', PRESENT),
  'tenant ? by name': keys('ForAllValues:StringLike', 'TENANT#?#*', PRESENT),
  [`tenant \${aws:userid} by name`]: keys('ForAllValues:StringLike', `TENANT#\${aws:userid}#*`, PRESENT),
  [`tenant \${aws:PrincipalTag/Project} by name`]: keys(
    'ForAllValues:StringLike',
    `TENANT#\${aws:PrincipalTag/Project}#*`,
    PRESENT,
  ),
  [`tenant \${*} by name`]: keys('ForAllValues:StringLike', `TENANT#\${*}#*`, PRESENT),
  'unknown operator': conditioned({ StringResembles: { 'dynamodb:LeadingKeys': ['TENANT#a#0'] } }),
  'unknown key': conditioned({ StringEquals: { 'dynamodb:TenantOfRow': 'a' } }),
  'NotAction of DeleteItem': policy({
    Effect: 'Allow',
    NotAction: 'dynamodb:DeleteItem',
    Resource: '*',
    Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [TAGGED] }, ...PRESENT },
  }),
  'only the attributes sk and note': policy({
    Effect: 'Allow',
    Action: 'dynamodb:GetItem',
    Resource: '*',
    Condition: {
      'ForAllValues:StringEquals': { 'dynamodb:Attributes': ['sk', 'note'] },
      StringEquals: { 'dynamodb:Select': 'SPECIFIC_ATTRIBUTES' },
      Null: { 'dynamodb:Attributes': 'false' },
    },
  }),
} as const;

export type PolicyName = keyof typeof POLICIES | (string & {});
