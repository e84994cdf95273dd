import { setTimeout as pause } from 'node:timers/promises';
import { CloudFormationClient, ListStacksCommand } from '@aws-sdk/client-cloudformation';
import type { CloudAccess } from '../pipeline/cloud-access';
import type { CloudEnvironment } from './environments';

const BUSY = [
  'CREATE_IN_PROGRESS',
  'DELETE_IN_PROGRESS',
  'ROLLBACK_IN_PROGRESS',
  'UPDATE_IN_PROGRESS',
  'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
  'UPDATE_ROLLBACK_IN_PROGRESS',
  'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
] as const;
const POLL_MS = 100;

/**
 * Waits until no stack operation runs: one that is saved halfway would stay halfway after the next start.
 *
 * @returns false when one still runs after `limitMs`
 */
export async function quiet(
  cloud: CloudAccess,
  environments: readonly CloudEnvironment[],
  limitMs: number,
): Promise<boolean> {
  const clients = environments.map(
    ({ account, region }) => new CloudFormationClient(cloud.clientConfig(account, region)),
  );
  const end = Date.now() + limitMs;
  try {
    while (await anyBusy(clients)) {
      if (Date.now() > end) return false;
      await pause(POLL_MS);
    }
    return true;
  } finally {
    for (const client of clients) client.destroy();
  }
}

async function anyBusy(clients: readonly CloudFormationClient[]): Promise<boolean> {
  const listed = await Promise.all(
    clients.map((client) => client.send(new ListStacksCommand({ StackStatusFilter: [...BUSY] }))),
  );
  return listed.some(({ StackSummaries = [] }) => StackSummaries.length > 0);
}
