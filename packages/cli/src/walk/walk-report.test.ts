import { deployment, RELEASE } from '../render/sample-fleet';
import type { Attempt, IsolationReport } from './isolation';
import { verdictOf } from './walk-report';

const isolation = (...attempts: readonly Attempt[]): IsolationReport => ({
  tenantId: 'juniper',
  neighbourId: 'sorrel',
  deploymentId: 'pool-us',
  tableName: 'products',
  attempts,
});
const finding = {
  release: RELEASE,
  deployments: [deployment('pool-us')],
  expectedDeployments: ['pool-us'],
  isolation: isolation(),
};

test('the verdict is ok when every deployment runs the release and isolation held', () => {
  expect(verdictOf(finding)).toEqual({ ok: true });
});

test('every reason is told at once', () => {
  const attempt: Attempt = {
    what: 'scan the table',
    action: 'Scan',
    expected: 'refused',
    answer: '2 rows',
    ok: false,
  };
  const verdict = verdictOf({
    ...finding,
    deployments: [deployment('pool-us', { release: 'b'.repeat(40) })],
    expectedDeployments: ['pool-us', 'acme'],
    isolation: isolation(attempt),
  });
  expect(verdict).toEqual({
    ok: false,
    reasons: [
      'deployment "pool-us" runs bbbbbbbb, not 3f2a1c90',
      'deployment "acme" is not registered',
      'isolation: scan the table must be refused, and gave 2 rows',
    ],
  });
});

test('isolation that nobody tried is no success', () => {
  expect(verdictOf({ ...finding, isolation: undefined })).toMatchObject({ ok: false });
});
