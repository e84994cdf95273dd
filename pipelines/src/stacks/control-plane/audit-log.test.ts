import type { Template } from 'aws-cdk-lib/assertions';
import { policyStatements, type Statement, statementsOf } from '../../testing/policy';
import { controlPlaneTemplate, type Resource, resources } from '../../testing/sample';

let template: Template;
let table: [string, Resource];
beforeAll(() => {
  template = controlPlaneTemplate();
  const tables = Object.entries(resources(template, 'AWS::DynamoDB::Table'));
  table = tables.find(([id]) => id.startsWith('FunctionsAuditTable')) as [string, Resource];
});

/** Whether a statement speaks of the audit table or of everything. */
function reachesLog({ resources: named }: Statement): boolean {
  return named.some((each) => each === '*' || JSON.stringify(each).includes(table[0]));
}

const writes = (actions: readonly string[]) =>
  actions.filter((each) =>
    /^dynamodb:(Put|Update|Delete|BatchWrite|PartiQL|Restore|Import|\*)|^\*$/.test(each),
  );

test('no policy of any role lets anybody change or remove a line; one role alone puts lines', () => {
  const reaching = policyStatements(template).filter(reachesLog);
  expect(reaching).not.toEqual([]);
  expect(reaching.flatMap(({ actions }) => writes(actions))).toEqual(['dynamodb:PutItem']);
  const relay = statementsOf(template, 'FunctionsEventsRelay').filter(reachesLog);
  expect(relay.flatMap(({ actions }) => writes(actions))).toEqual(['dynamodb:PutItem']);
});

test('the table itself denies everybody changes and removals, and puts to all but the one writer', () => {
  const statements: Record<string, unknown>[] = table[1].Properties.ResourcePolicy.PolicyDocument.Statement;
  expect(statements.every(({ Effect, Principal }) => Effect === 'Deny' && isEveryone(Principal))).toBe(true);
  const unconditional = statements.filter(({ Condition }) => Condition === undefined);
  expect(unconditional.flatMap(({ Action }) => Action)).toEqual(
    expect.arrayContaining([
      'dynamodb:UpdateItem',
      'dynamodb:DeleteItem',
      'dynamodb:PartiQLUpdate',
      'dynamodb:PartiQLDelete',
      'dynamodb:UpdateTimeToLive',
    ]),
  );
  const [relayRole] = Object.keys(resources(template, 'AWS::IAM::Role')).filter((id) =>
    id.startsWith('FunctionsEventsRelay'),
  );
  expect(statements).toContainEqual(
    expect.objectContaining({
      Action: 'dynamodb:PutItem',
      Condition: { ArnNotEquals: { 'aws:PrincipalArn': { 'Fn::GetAtt': [relayRole, 'Arn'] } } },
    }),
  );
});

function isEveryone(principal: unknown): boolean {
  return JSON.stringify(principal) === '{"AWS":"*"}' || principal === '*';
}

test('the table outlives its stack, can be restored and lets nothing expire', () => {
  expect(table[1]).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  expect(table[1].Properties).toMatchObject({
    DeletionProtectionEnabled: true,
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
  });
  expect(table[1].Properties).not.toHaveProperty('TimeToLiveSpecification');
});

test('anchors are locked so that nobody takes one back', () => {
  const buckets = Object.values(resources(template, 'AWS::S3::Bucket'));
  const anchors = buckets.find(({ Properties }) => Properties.ObjectLockEnabled);
  expect(anchors).toMatchObject({ DeletionPolicy: 'Retain' });
  expect(anchors?.Properties).toMatchObject({
    VersioningConfiguration: { Status: 'Enabled' },
    ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 365 } } },
  });
});

test('the anchor function reads the log and adds anchors, and nothing else', () => {
  const actions = statementsOf(template, 'FunctionsAuditAnchor').flatMap((statement) => statement.actions);
  expect(actions.filter((each) => /^(s3|dynamodb):/.test(each)).sort()).toEqual([
    'dynamodb:Query',
    's3:PutObject',
  ]);
});
