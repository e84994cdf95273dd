import {
  addTenant as addToManifest,
  loadManifest,
  planRollout,
  type SiloTenantInput,
  tiersOf,
} from '@granary/manifest';
import { EXIT, type ExitCode, UsageError } from '../cli-error';
import { editManifest } from '../host/manifest-file';
import { MANIFEST_FILE } from '../host/project';
import { answer, type CommandContext } from './command-context';

export interface AddTenantOptions {
  readonly name: string;
  readonly cell: string;
  readonly email: string;
  /** @default the manifest's silo tier, when it has one only */
  readonly tier?: string;
  /** @default none: the tenant's percentile decides the wave */
  readonly ring?: string;
  /** @default the cell's */
  readonly account?: string;
  /** @default the cell's */
  readonly region?: string;
}

/** Adds a silo tenant to the manifest and says in which wave the next release carries it. */
export async function addTenant(
  context: CommandContext,
  id: string,
  options: AddTenantOptions,
): Promise<ExitCode> {
  const { name, cell, email: adminEmail, ring, account, region } = options;
  const tenantOf = (text: string): SiloTenantInput => ({
    ...{ id, name, tier: options.tier ?? onlySiloTier(text), cell, adminEmail },
    ...(ring === undefined ? {} : { ring }),
    ...(account === undefined ? {} : { account }),
    ...(region === undefined ? {} : { region }),
  });
  const { manifest } = await editManifest(context.project, (text) =>
    addToManifest(text, tenantOf(text), MANIFEST_FILE),
  );
  const tenant = manifest.tenants.find((each) => each.id === id);
  const wave = planRollout(manifest).waves.find(({ tenants }) => tenants.some((placed) => placed.id === id));
  answer(context, { tenant, wave: wave?.name ?? null }, () => [
    `${id} is in ${MANIFEST_FILE}: the next release deploys it to ${cell}${wave ? ` in wave ${wave.name}` : ''}`,
    `release it: git commit -m "Add ${id}" ${MANIFEST_FILE} && npm run granary -- push`,
  ]);
  return EXIT.ok;
}

function onlySiloTier(text: string): string {
  const tiers = tiersOf(loadManifest(text, MANIFEST_FILE), 'silo').map(({ name }) => name);
  const [only] = tiers;
  if (only && tiers.length === 1) return only;
  throw new UsageError(
    `name the tier with --tier: the manifest's silo tiers are ${tiers.join(', ') || 'none'}`,
  );
}
