import { PermanentStepError } from '../workflow/step-error';
import { portOf, type SiloOnboarding, type WorkflowPorts } from '../workflow/workflow-ports';
import type { SourceProvider } from './source-provider';

/** The manifest's repository, and how tenants of a silo tier come into it. */
export interface ManifestAccess {
  readonly source: SourceProvider;
  readonly way: SiloOnboarding['change'];
  /** Cell of tenants for whom nobody chose one. */
  readonly cell: string;
}

/** @throws PermanentStepError `not-configured` */
export async function manifestAccess(ports: WorkflowPorts, tier: string): Promise<ManifestAccess> {
  const settings = portOf(ports, 'siloOnboarding')[tier];
  if (!settings) throw new PermanentStepError('not-configured');
  return { source: await portOf(ports, 'source')(), way: settings.change, cell: settings.cell };
}
