import type { RowWork } from '../lifecycle/row-work';
import type { SourceProvider } from '../source/source-provider';
import type { OpenUsers } from '../tenant-user/open-tenant-users';
import { PermanentStepError } from './step-error';
import type { WelcomeMail } from './welcome-mail';

/**
 * The world beyond table and deployments, by name: a step asks for what it needs. Each is optional, so that a test
 * brings only what it looks at.
 */
export interface WorkflowPorts {
  /** Where the manifest is kept. @default steps that change it fail with `not-configured` */
  readonly source?: () => Promise<SourceProvider>;
  /** How a silo tier's tenants come into the manifest, by tier. @default steps that need it fail with `not-configured` */
  readonly siloOnboarding?: Readonly<Record<string, SiloOnboarding>>;
  /** Tiers whose application plane is not ours: it is told by events, and answers by events. @default none */
  readonly eventTiers?: readonly string[];
  /** Writes to new administrators, besides their invitation. @default nobody does */
  readonly mail?: WelcomeMail;
  /** Moves and removes tenants' rows. @default steps that need it fail with `not-configured` */
  readonly rows?: RowWork;
  /** How a deployment lists and counts tenants' users. @default steps that need it fail with `not-configured` */
  readonly users?: OpenUsers;
}

/** What the manifest says of a silo tier's onboarding. */
export interface SiloOnboarding {
  readonly change: 'commit' | 'pull-request';
  /** Cell of tenants for whom nobody chose one. */
  readonly cell: string;
}

/** @throws PermanentStepError `not-configured` */
export function portOf<Name extends keyof WorkflowPorts>(
  ports: WorkflowPorts,
  name: Name,
): NonNullable<WorkflowPorts[Name]> {
  const port = ports[name];
  if (port === undefined)
    throw new PermanentStepError('not-configured', { cause: new TypeError(`no port "${name}"`) });
  return port as NonNullable<WorkflowPorts[Name]>;
}
