import * as z from 'zod';
import { silosTenantSchema } from '../plan/release-plan';
import { ReleaseEngineError } from '../release-error';
import type { Item, ItemKey } from '../release-table/release-table';

export const VERSION_RESULTS = ['succeeded', 'failed', 'rolled-back', 'deleted'] as const;
/** `rolled-back`: brought back to an older release, which it now runs. */
export type VersionResult = (typeof VERSION_RESULTS)[number];

/** What a deployment's stack says of itself; what its template does not give is absent. */
export const versionOutputsSchema = z.object({
  apiUrl: z.string().exactOptional(),
  userPoolId: z.string().exactOptional(),
  userPoolClientId: z.string().exactOptional(),
  watchRoleArn: z.string().exactOptional(),
  canaryFunctionArn: z.string().exactOptional(),
  alarmNames: z.array(z.string()),
});
export type VersionOutputs = z.output<typeof versionOutputsSchema>;

/** One release at one deployment: what was brought there, when, and what became of it. */
export const versionSchema = z.object({
  deploymentId: z.string(),
  kind: z.enum(['pool', 'silo']),
  account: z.string(),
  region: z.string(),
  stackName: z.string(),
  /** The commit. */
  release: z.string(),
  /** SHA-256 of the template, in hexadecimal. */
  templateDigest: z.string(),
  parameters: z.record(z.string(), z.string()),
  wave: z.string(),
  /** The pipeline's execution. */
  runId: z.string(),
  mode: z.enum(['pipeline', 'distributed']),
  deployedAt: z.iso.datetime(),
  result: z.enum(VERSION_RESULTS),
  /** Why it failed. @default it did not */
  reason: z.string().exactOptional(),
  outputs: versionOutputsSchema,
  /** @default a pool: none */
  tenant: silosTenantSchema.exactOptional(),
});
export type Version = z.output<typeof versionSchema>;

/** An item that no version of this program wrote, or that somebody edited by hand. */
export class CorruptVersionError extends ReleaseEngineError {
  readonly name = 'CorruptVersionError';

  constructor({ pk, sk }: ItemKey, faults: readonly string[]) {
    super(`item "${pk}" "${sk}" is no version: ${faults.join('; ')}; correct it by hand`);
  }
}

const PREFIX = 'VERSION#';
const CURRENT = 'CURRENT';
/** The list of what every deployment runs, by its id. */
export const CURRENT_LIST = 'CURRENT';

export function versionPartition(deploymentId: string): string {
  return `DEPLOYMENT#${deploymentId}`;
}

/** What all versions' sort keys begin with; they sort by time. */
export const VERSION_PREFIX = PREFIX;

export function currentKey(deploymentId: string): ItemKey {
  return { pk: versionPartition(deploymentId), sk: CURRENT };
}

/** A version as it is stored: among all of the deployment's, and as its current one. */
export function versionItems(version: Version): { readonly version: Item; readonly current: Item } {
  const { deploymentId, deployedAt, release } = version;
  const checked = versionSchema.parse(version);
  return {
    version: {
      ...checked,
      pk: versionPartition(deploymentId),
      sk: `${PREFIX}${deployedAt}#${release}`,
    },
    current: { ...checked, ...currentKey(deploymentId), listPk: CURRENT_LIST, listSk: deploymentId },
  };
}

/** @throws CorruptVersionError */
export function versionOf(item: Item): Version {
  const parsed = versionSchema.safeParse(item);
  if (parsed.success) return parsed.data;
  throw new CorruptVersionError(
    item,
    parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`),
  );
}

/** What the outputs of a deployment's stack say. */
export function versionOutputs(outputs: Readonly<Record<string, string>>): VersionOutputs {
  const { ApiUrl, UserPoolId, UserPoolClientId, WatchRoleArn, CanaryFunctionArn, AlarmNames = '' } = outputs;
  return {
    ...(ApiUrl ? { apiUrl: ApiUrl } : {}),
    ...(UserPoolId ? { userPoolId: UserPoolId } : {}),
    ...(UserPoolClientId ? { userPoolClientId: UserPoolClientId } : {}),
    ...(WatchRoleArn ? { watchRoleArn: WatchRoleArn } : {}),
    ...(CanaryFunctionArn ? { canaryFunctionArn: CanaryFunctionArn } : {}),
    alarmNames: AlarmNames.split(',').filter(Boolean),
  };
}
