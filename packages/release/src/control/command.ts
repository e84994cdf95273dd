import { auditActorSchema } from '@granary/api';
import * as z from 'zod';
import { OVERRIDE_MINUTES } from '../entry/override';

const runId = z.string().min(1).max(100);
const said = { by: auditActorSchema, reason: z.string().trim().min(3).max(500) };

/** What the release engine is asked or told; `command` says which. Those with `by` are audited. */
export const releaseCommandSchema = z.discriminatedUnion('command', [
  z.object({
    command: z.literal('listRuns'),
    limit: z.int().min(1).max(100).default(25),
    /** `next` of the page before. */
    after: z.string().min(1).max(200).exactOptional(),
  }),
  z.object({ command: z.literal('getRun'), runId }),
  z.object({ command: z.literal('listVersions'), deploymentId: z.string().min(1).max(64) }),
  z.object({ command: z.literal('listDeployments') }),
  /** What runs where, against what should: from the records alone. */
  z.object({
    command: z.literal('fleet'),
    /** Those with ids behind this one. */
    after: z.string().max(64).exactOptional(),
    /** @default all */
    limit: z.int().min(1).max(1000).exactOptional(),
  }),
  /** What a run's release does to which deployment, against the release before it. */
  z.object({
    command: z.literal('getPlan'),
    runId,
    /** The run to compare with. @default the release before it that went well */
    from: runId.exactOptional(),
  }),
  /** One stack as it is now, against what was recorded: asks CloudFormation, and takes seconds. */
  z.object({ command: z.literal('inspect'), deploymentId: z.string().min(1).max(64) }),
  z.object({ command: z.literal('listOrphans') }),
  z.object({ command: z.literal('listApprovals') }),
  z.object({ command: z.literal('deleteOrphan'), stackName: z.string().min(1).max(128), ...said }),
  z.object({
    command: z.literal('rollback'),
    target: z.enum(['tenant', 'wave', 'all']),
    id: z.string().min(1).max(64).exactOptional(),
    to: z
      .string()
      .regex(/^[0-9a-f]{7,40}$/, 'must be a commit, or the first 7 or more of its characters')
      .exactOptional(),
    ...said,
  }),
  z.object({
    command: z.literal('decide'),
    decision: z.enum(['approved', 'rejected']),
    stage: z.string().min(1).max(100),
    action: z.string().min(1).max(100),
    ...said,
  }),
  z.object({ command: z.literal('listOverrides') }),
  z.object({ command: z.literal('listAudit'), limit: z.int().min(1).max(200).default(50) }),
  /** `all`: the halted wave from its start. `failed`: only the deployments that did not take the release. */
  z.object({ command: z.literal('resume'), runId, mode: z.enum(['all', 'failed']).default('all'), ...said }),
  z.object({ command: z.literal('halt'), runId, ...said }),
  z.object({ command: z.literal('abandon'), runId, ...said }),
  z.object({
    command: z.literal('override'),
    minutes: z.int().min(OVERRIDE_MINUTES.least).max(OVERRIDE_MINUTES.most),
    ...said,
  }),
]);
export type ReleaseCommand = z.output<typeof releaseCommandSchema>;
export type ReleaseCommandInput = z.input<typeof releaseCommandSchema>;
