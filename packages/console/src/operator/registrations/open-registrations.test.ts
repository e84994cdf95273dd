import type { RegistrationEntry } from '@granary/api';
import { byUrgency } from './open-registrations';

const entry = (tenantId: string, status: RegistrationEntry['status'], minute: string) =>
  ({ tenantId, status, createdAt: `2026-11-28T12:${minute}:00.000Z` }) as RegistrationEntry;

test('what waits for an operator comes first, what has ended last, the newest before the older', () => {
  const entries = [
    entry('done', 'succeeded', '09'),
    entry('runs', 'running', '08'),
    entry('asks-first', 'awaiting-approval', '01'),
    entry('stuck', 'failed', '02'),
    entry('asks-later', 'awaiting-approval', '05'),
  ];
  expect(byUrgency(entries).map(({ tenantId }) => tenantId)).toEqual([
    'asks-later',
    'asks-first',
    'stuck',
    'runs',
    'done',
  ]);
});
