import {
  changeTenant,
  loadManifest,
  planRollout,
  removeTenant as removeFromManifest,
  type SiloTenantChange,
} from '@granary/manifest';
import { CliError, EXIT, type ExitCode, UsageError } from '../cli-error';
import { editManifest } from '../host/manifest-file';
import { MANIFEST_FILE } from '../host/project';
import { answer, type CommandContext } from './command-context';

export interface MoveTenantOptions {
  /** Its cell; an account and region of its own go, unless they are named. @default its cell as it is */
  readonly cell?: string;
  readonly account?: string;
  readonly region?: string;
  readonly tier?: string;
}

/** Writes another place or tier. The control plane moves the data: a release alone makes an empty stack there. */
export function moveTenant(
  context: CommandContext,
  id: string,
  { cell, account, region, tier }: MoveTenantOptions,
): Promise<ExitCode> {
  if ([cell, account, region, tier].every((each) => each === undefined))
    throw new UsageError('say where to: --cell, --account, --region or --tier');
  const change: SiloTenantChange = {
    ...(cell === undefined ? {} : { cell, account: undefined, region: undefined }),
    ...(account === undefined ? {} : { account }),
    ...(region === undefined ? {} : { region }),
    ...(tier === undefined ? {} : { tier }),
  };
  return changed(context, id, change, 'moves with the next release');
}

export interface PinTenantOptions {
  readonly ring?: string;
  /** A commit. */
  readonly version?: string;
}

/** Holds a tenant to a ring, to a version, or both. */
export function pinTenant(
  context: CommandContext,
  id: string,
  { ring, version }: PinTenantOptions,
): Promise<ExitCode> {
  if (ring === undefined && version === undefined)
    throw new UsageError('say what to hold it to: --ring or --version');
  const change: SiloTenantChange = {
    ...(ring === undefined ? {} : { ring }),
    ...(version === undefined ? {} : { version }),
  };
  return changed(context, id, change, 'is pinned');
}

export interface UnpinTenantOptions {
  readonly ring?: boolean;
  readonly version?: boolean;
}

/** Lets go of a ring, a version; of both, unless one is named. */
export function unpinTenant(
  context: CommandContext,
  id: string,
  { ring = false, version = false }: UnpinTenantOptions,
): Promise<ExitCode> {
  const both = !ring && !version;
  const change: SiloTenantChange = {
    ...(ring || both ? { ring: undefined } : {}),
    ...(version || both ? { version: undefined } : {}),
  };
  return changed(context, id, change, 'is pinned no more');
}

/** Writes a tombstone. */
export function offboardTenant(context: CommandContext, id: string): Promise<ExitCode> {
  return changed(
    context,
    id,
    { state: 'offboarding' },
    'gets no more releases; its stack goes once its data is purged',
  );
}

export interface RemoveTenantOptions {
  /** Takes one out that has no tombstone. @default false */
  readonly keepStack?: boolean;
}

/** Takes a tenant out of the manifest: one with a tombstone, or one whose stack is meant to stay without an owner. */
export async function removeTenant(
  context: CommandContext,
  id: string,
  { keepStack = false }: RemoveTenantOptions,
): Promise<ExitCode> {
  await editManifest(context.project, (text) => {
    const tenant = loadManifest(text, MANIFEST_FILE).tenants.find((each) => each.id === id);
    if (tenant?.state === 'active' && !keepStack)
      throw new CliError(
        `tenant "${id}" is active: its stack would stay without an owner; offboard it first, or pass --keep-stack`,
      );
    return removeFromManifest(text, id, MANIFEST_FILE);
  });
  answer(context, { tenantId: id, removed: true }, () => [
    `${id} is in ${MANIFEST_FILE} no more; nothing is deleted by that`,
  ]);
  return EXIT.ok;
}

async function changed(
  context: CommandContext,
  id: string,
  change: SiloTenantChange,
  what: string,
): Promise<ExitCode> {
  const { manifest, unchanged } = await editManifest(context.project, (text) =>
    changeTenant(text, id, change, MANIFEST_FILE),
  );
  const tenant = manifest.tenants.find((each) => each.id === id);
  const wave = planRollout(manifest).waves.find(({ tenants }) => tenants.some((placed) => placed.id === id));
  answer(context, { tenant, wave: wave?.name ?? null, unchanged }, () => [
    unchanged
      ? `${id}: ${MANIFEST_FILE} says so already`
      : `${id} ${what} (${wave ? `wave ${wave.name}` : 'no wave'}); look at it: npm run granary -- plan`,
  ]);
  return EXIT.ok;
}
