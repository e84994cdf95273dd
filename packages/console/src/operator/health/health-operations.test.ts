import type { ControlClient } from '@granary/client';
import { askHealth, HEALTH_OPERATIONS } from './health-operations';

test('every service of the control plane is asked, and one that does not answer is told as failed', async () => {
  const client = Object.fromEntries(
    HEALTH_OPERATIONS.map(({ operation }) => [
      operation,
      async () => {
        if (operation === 'readQuotaHealth') throw new Error('no answer');
      },
    ]),
  ) as unknown as ControlClient;
  const found = await askHealth(client, new AbortController().signal, () => 0);
  expect(found.length).toBeGreaterThan(8);
  expect(found.filter(({ state }) => state === 'failed').map(({ service }) => service)).toEqual(['quota']);
});
