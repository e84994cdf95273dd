import { allItems } from '@granary/client';
import { type ControlCommand, written } from './control-command';

const DEPLOYMENT = ['deploymentId', 'state', 'release', 'wave', 'account', 'region', 'deployedAt', 'reason'];
const WHY = { '--reason <text>': 'why: it is in the audit log' };
const REASON = Object.keys(WHY);

/** The newest releases are told with what their commits are about. */
const TOLD = 10;

/** Every command about releases, by what it asks of the control plane. */
export const RELEASE_COMMANDS: readonly ControlCommand[] = [
  {
    name: 'releases list',
    description: 'List the newest releases and rollbacks, with what their commits are about.',
    options: { '--limit <n>': `how many (default: ${TOLD})` },
    ask: async (client, { limit }) => {
      const { items } = await client.listReleases({ query: { limit: Number(limit ?? TOLD) } });
      return items.map((item) => {
        const { wave, halt } = item;
        const at = wave && `${wave.name}, ${wave.index + 1} of ${wave.of}`;
        return { ...item, ...(at ? { at } : {}), ...(halt ? { gate: `${halt.gate} in ${halt.wave}` } : {}) };
      });
    },
    columns: ['runId', 'kind', 'release', 'status', 'at', 'gate', 'startedAt', 'notes'],
  },
  {
    name: 'releases show',
    description: 'Show a release: its waves, its gates, and what was rolled back.',
    args: ['<run>'],
    ask: async (client, { run: runId = '' }) => {
      const { waves, ...release } = await client.getRelease({ params: { runId } });
      const steps = waves.map(({ name, status, size, looks, samples, minimumSamples, lastVerdict }) => ({
        ...{ wave: name, status, deployments: size, looks, verdict: lastVerdict },
        samples: `${samples} of ${minimumSamples}`,
      }));
      return { ...release, steps };
    },
    columns: ['wave', 'status', 'deployments', 'looks', 'samples', 'verdict'],
  },
  {
    name: 'releases plan',
    description: 'Show what a release does to which deployment, against the release before it.',
    args: ['<run>'],
    ask: async (client, { run: runId = '' }) => (await client.getReleasePlan({ params: { runId } })).changes,
    columns: ['deploymentId', 'change', 'from', 'to'],
  },
  {
    name: 'releases halt',
    description: 'Halt a release in the wave that it is in, and roll that wave back.',
    args: ['<run>'],
    options: WHY,
    required: REASON,
    ask: (client, { run: runId = '', reason = '' }) =>
      client.haltRelease({ params: { runId }, body: { reason } }),
  },
  {
    name: 'releases resume',
    description: 'Let a halted release go on: its wave begins again.',
    args: ['<run>'],
    options: { ...WHY, '--only <failed>': 'failed: only the deployments that failed get the release' },
    required: REASON,
    ask: (client, { run: runId = '', reason = '', only }) =>
      client.resumeRelease({ params: { runId }, body: written({ mode: only ?? 'all', reason }) }),
  },
  {
    name: 'releases abandon',
    description: 'End a release: waves that passed keep it, later ones are never entered.',
    args: ['<run>'],
    options: WHY,
    required: REASON,
    ask: (client, { run: runId = '', reason = '' }) =>
      client.abandonRelease({ params: { runId }, body: { reason } }),
  },
  {
    name: 'rollback',
    description:
      'Bring back what a tenant, a wave or all had before: rollback tenant <id>, wave <name>, all.',
    args: ['<target>', '[id]'],
    options: { ...WHY, '--to <commit>': 'a release that they had (default: the one before)' },
    required: REASON,
    ask: async (client, { target, id, to, reason }) => {
      const body = {
        target,
        reason,
        ...(id === undefined ? {} : { id }),
        ...(to === undefined ? {} : { to }),
      };
      const { release, changes, kept } = await client.rollBack({ body: written(body) });
      const keeps = kept.map(({ deploymentId, reason: why }) => ({ deploymentId, to: `kept: ${why}` }));
      return { runId: release.runId, status: release.status, steps: [...changes, ...keeps] };
    },
    columns: ['deploymentId', 'wave', 'from', 'to'],
  },
  {
    name: 'approvals list',
    description: 'List the waves that wait for somebody.',
    ask: async (client) => (await client.listApprovals()).items,
    columns: ['stage', 'action', 'runId'],
  },
  ...(['approved', 'rejected'] as const).map(
    (decision): ControlCommand => ({
      name: decision === 'approved' ? 'approvals give' : 'approvals refuse',
      description: decision === 'approved' ? 'Let a wave that waits begin.' : 'Keep a wave from beginning.',
      args: ['<stage>', '<action>'],
      options: WHY,
      required: REASON,
      ask: (client, { stage = '', action = '', reason = '' }) =>
        client.decideApproval({ body: { stage, action, decision, reason } }),
    }),
  ),
  {
    name: 'deployments list',
    description: 'List the deployments with the release that each runs.',
    options: {
      '--account <id>': 'only in this account',
      '--region <region>': 'only in this region',
      '--wave <name>': 'only of this wave',
      '--release <commit>': 'only those that run this commit, or one that begins so',
    },
    ask: (client, query, signal) => allItems(client.listDeployments, { query: written(query) }, { signal }),
    columns: ['deploymentId', 'kind', 'account', 'region', 'wave', 'release', 'deployedAt'],
  },
  {
    name: 'fleet',
    description: 'Show what every deployment runs, against what it should.',
    options: { '--drift <state>': 'only those that are so: behind, ahead, pinned, failed, leaving, unowned' },
    ask: async (client, { drift }, signal) => {
      const all = await allItems(client.getFleet, { query: { limit: 500 } }, { signal });
      return drift === undefined ? all : all.filter(({ state }) => state === drift);
    },
    columns: DEPLOYMENT,
  },
  {
    name: 'versions',
    description: 'List the releases that a deployment had, the newest first.',
    args: ['<deployment>'],
    ask: async (client, { deployment: deploymentId = '' }) =>
      (await client.listVersions({ params: { deploymentId } })).items,
    columns: ['release', 'result', 'wave', 'runId', 'deployedAt', 'templateDigest', 'reason'],
  },
  {
    name: 'inspect',
    description: 'Compare a stack as it is with what was recorded of it: what somebody changed by hand.',
    args: ['<deployment>'],
    ask: (client, { deployment: deploymentId = '' }) =>
      client.inspectDeployment({ params: { deploymentId } }),
  },
  {
    name: 'orphans list',
    description: 'List the stacks that no entry of the manifest owns.',
    ask: async (client) => (await client.listOrphans()).items,
    columns: ['stackName', 'account', 'region', 'status', 'deploymentId', 'kind'],
  },
  {
    name: 'orphans delete',
    description: "Delete a silo's stack that no entry owns, once its data is purged.",
    args: ['<stack>'],
    options: WHY,
    required: REASON,
    ask: (client, { stack: stackName = '', reason = '' }) =>
      client.deleteOrphan({ params: { stackName }, body: { reason } }),
  },
  {
    name: 'overrides list',
    description: 'List the emergency overrides of freezes, windows and red alarms.',
    ask: async (client) => (await client.listOverrides()).items,
    columns: ['overrideId', 'by', 'createdAt', 'expiresAt', 'reason'],
  },
  {
    name: 'overrides create',
    description: 'Let releases in for a while in spite of freezes, windows and red alarms.',
    options: { ...WHY, '--minutes <n>': 'how long, 5 to 1440' },
    required: [...REASON, '--minutes <n>'],
    ask: (client, { reason = '', minutes }) =>
      client.createOverride({ body: { reason, minutes: Number(minutes) } }),
  },
];
