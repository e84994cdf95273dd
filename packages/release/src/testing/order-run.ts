import type { DeployOrder } from '../deployer/deploy-order';
import { type DeployerDependencies, stepOrder } from '../deployer/deployer';
import type { Progress } from '../deployer/progress';
import type { Invocation } from '../registration/registration';
import { versionsOf } from '../version/versions';
import type { FakeStacks } from './fake-stacks';
import { MemoryReleaseTable } from './memory-release-table';

export const ORDER: DeployOrder = {
  deploymentId: 'acme',
  kind: 'silo',
  account: '222222222222',
  region: 'us-east-1',
  stackName: 'granary-acme',
  templateDigest: 'd'.repeat(64),
  parameters: { DeploymentId: 'acme' },
  tenant: { tenantId: 'acme', name: 'Acme', tier: 'platinum', adminEmail: 'admin@acme.example.com' },
  release: 'abcdef0123',
  wave: 'canary',
  runId: 'run-1',
  purpose: 'release',
};

/** Where the order's template is. */
export const TEMPLATE_URL = `https://versions.example.com/templates/${ORDER.templateDigest}.json`;

export interface OrderRunOptions {
  /** Steps whose answer is lost after they ran, by number from 0. @default none */
  readonly crashes?: readonly number[];
  /** What the control plane answers. @default that the tenant is active and its data purged */
  readonly invoke?: (payload: object) => Promise<Invocation>;
  /** Status of the health routes. @default 200 */
  readonly health?: number;
  /** Where versions are recorded. @default an empty one */
  readonly table?: MemoryReleaseTable;
}

const ACTIVE = async (payload: object): Promise<Invocation> => ({
  ok: true,
  payload: {
    deploymentId: 'acme',
    release: 'abcdef0123',
    ...('receipt' in payload
      ? { receipt: { receiptId: 'r1', purgedAt: '2026-01-01T00:00:00Z' } }
      : 'retire' in payload
        ? { retired: true }
        : { tenant: { tenantId: 'acme', status: 'active', steps: [] } }),
  },
});

/** Runs an order as the state machine does: step, wait, step; a step whose answer is lost runs again. */
export async function runOrder(order: DeployOrder, stacks: FakeStacks, options: OrderRunOptions = {}) {
  const { crashes = [], invoke = ACTIVE, health = 200, table = new MemoryReleaseTable() } = options;
  let clock = Date.parse('2026-01-05T10:00:00Z');
  const calls: object[] = [];
  const dependencies: DeployerDependencies = {
    stacksIn: () => stacks,
    table,
    invoke: (payload) => {
      calls.push(payload);
      return invoke(payload);
    },
    fetch: async (input) => new Response('{}', { status: String(input).includes('/health/') ? health : 401 }),
    now: () => new Date(clock),
    random: () => 0.5,
    urlOf: (key) => `https://versions.example.com/${key}`,
    newNonce: () => 'nonce',
  };
  let progress: Progress | undefined;
  const phases = new Set<string>();
  for (let step = 0; ; step += 1) {
    if (step > 3_000) throw new Error(`the order does not end: ${JSON.stringify(progress)}`);
    const stepped = await stepOrder(order, progress, dependencies);
    clock += 1_000;
    if (crashes.includes(step)) continue;
    progress = stepped;
    phases.add(progress.phase);
    if (progress.status !== 'waiting') break;
    clock += progress.waitSeconds * 1_000;
  }
  const versions = await versionsOf(table, order.deploymentId);
  return { progress, versions, calls, table, phases: [...phases] };
}
