import type { SiloTenantInput } from '@granary/manifest';
import type { ChangeWay, SourceChange, SourceProvider } from './source-provider';

/** The run of an operation that asks. */
export interface Asking {
  readonly operationId: string;
  readonly run: number;
}

/**
 * Asks for a tenant in the manifest; a later run of the operation asks again. A pull request of an earlier run that
 * still waits is the one to merge, also where its answer was lost: no run proposes what is proposed. What people
 * turned down, or took back, is asked for anew.
 */
export async function requestTenant(
  source: SourceProvider,
  way: ChangeWay,
  tenant: SiloTenantInput,
  { operationId, run }: Asking,
): Promise<SourceChange> {
  const ask = (round: number) => source.addTenant({ operationId: `${operationId}-${round}`, way, tenant });
  // A commit that was made is found in the file.
  for (let round = way === 'commit' ? run : 1; round < run; round += 1) {
    const change = await ask(round);
    if (change.kind === 'commit' || (await source.state(change)).status === 'open') return change;
  }
  return ask(run);
}
