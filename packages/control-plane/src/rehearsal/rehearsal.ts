import type { AuditActor, DeploymentRegistration, RegistrationInput } from '@granary/api';
import type { RegistryDependencies } from '../deployment/deployment-registry';
import type { SignUpDependencies } from '../registration/sign-up';
import { memorySource } from '../source/memory-source';
import { readTenant } from '../tenant/tenant-record';
import type { WorkflowDependencies } from '../workflow/workflow';
import { WORKFLOWS } from '../workflow/workflows';
import { CrashSchedule } from './crash-schedule';
import { MemoryControlTable } from './memory-control-table';
import { MemoryDeployment } from './memory-deployment';
import { MemoryExecutions } from './memory-executions';
import { MemoryMachine, type Stop } from './memory-machine';
import { MANIFEST } from './rehearsal-manifest';

export const TIERS = {
  basic: { model: 'pool' },
  premium: { model: 'pool' },
  platinum: { model: 'silo' },
  bridged: { model: 'silo', applicationPlane: 'events' },
} as const;

export const ANYONE: AuditActor = { kind: 'anonymous' };
export const OPERATOR: AuditActor = { kind: 'operator', userName: 'olivia', role: 'SystemAdmin' };

export const BUYER: RegistrationInput = {
  tenantId: 'hooli',
  name: 'Hooli Inc',
  tier: 'basic',
  adminEmail: 'gavin@hooli.example',
};

/** A control plane in memory, with one pool's and every silo's deployment behind it. */
export class Rehearsal {
  readonly crashes = new CrashSchedule();
  readonly table = new MemoryControlTable();
  readonly executions = new MemoryExecutions();
  readonly deployment = new MemoryDeployment();
  private ids = 0;
  private seconds = 0;

  readonly manifest = memorySource(MANIFEST);

  readonly dependencies: SignUpDependencies &
    RegistryDependencies &
    WorkflowDependencies & { readonly callbacks: MemoryExecutions } = {
    table: this.crashes.through(this.table),
    executions: this.crashes.through(this.executions),
    callbacks: this.crashes.through(this.executions),
    workflows: WORKFLOWS,
    open: () => this.crashes.through(this.deployment),
    tiers: TIERS,
    ports: {
      source: async () => this.crashes.through(this.manifest.source),
      siloOnboarding: { platinum: { change: 'commit', cell: 'us-1' } },
      eventTiers: ['bridged'],
    },
    application: 'granary',
    newId: () => {
      this.ids += 1;
      return `registration-${String(this.ids).padStart(8, '0')}`;
    },
    now: () => {
      this.seconds += 1;
      return new Date(Date.UTC(2026, 0, 1) + this.seconds * 1000);
    },
  };

  readonly machine = new MemoryMachine({
    dependencies: this.dependencies,
    executions: this.executions,
    crashes: this.crashes,
  });

  /** What the state machine does with a tenant's onboarding, as far as it comes. */
  async onboard(tenantId: string): Promise<Stop> {
    const tenant = await readTenant(this.table, tenantId);
    if (!tenant) throw new Error(`there is no tenant "${tenantId}"`);
    return this.machine.run(tenant.onboardingId);
  }
}

/** What the pipeline registers, for a pool unless told otherwise. */
export function registrationOf(changes: Partial<DeploymentRegistration> = {}): DeploymentRegistration {
  return {
    deploymentId: 'pool-us',
    kind: 'pool',
    account: '222222222222',
    region: 'us-east-1',
    wave: 'pools',
    release: 'a'.repeat(40),
    apiUrl: 'https://abc123.execute-api.us-east-1.amazonaws.com/prod/',
    userPoolId: 'us-east-1_Pool',
    userPoolClientId: 'client',
    provisioningRoleArn: 'arn:aws:iam::222222222222:role/granary-pool-us-provisioning',
    tenantTableName: 'granary-pool-us-tenants',
    usagePlanIds: { basic: 'plan1', premium: 'plan2' },
    ...changes,
  };
}

export const SILO: DeploymentRegistration = registrationOf({
  deploymentId: 'acme',
  kind: 'silo',
  wave: 'canary',
  userPoolId: 'us-east-1_Acme',
  provisioningRoleArn: 'arn:aws:iam::222222222222:role/granary-acme-provisioning',
  tenantTableName: 'granary-acme-tenants',
  usagePlanIds: { platinum: 'plan9' },
  tenant: { tenantId: 'acme', name: 'Acme', tier: 'platinum', adminEmail: 'Admin@Acme.example' },
});
