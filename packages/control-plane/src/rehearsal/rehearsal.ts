import {
  type DeploymentRegistration,
  ONBOARDING_STEPS,
  type OnboardingStep,
  type RegistrationInput,
} from '@granary/api';
import { failOnboarding } from '../onboarding/fail-onboarding';
import { type OnboardingDependencies, takeStep } from '../onboarding/onboarding';
import type { SignUpDependencies } from '../registration/sign-up';
import { CrashSchedule } from './crash-schedule';
import { MemoryControlTable } from './memory-control-table';
import { MemoryDeployment } from './memory-deployment';
import { MemoryExecutions } from './memory-executions';

export const TIERS = {
  basic: { model: 'pool' },
  premium: { model: 'pool' },
  platinum: { model: 'silo' },
} as const;

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

  readonly dependencies: SignUpDependencies & OnboardingDependencies = {
    table: this.crashes.through(this.table),
    executions: this.crashes.through(this.executions),
    open: () => this.crashes.through(this.deployment),
    tiers: TIERS,
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

  /** What the state machine does: the steps in order, each tried a few times, `fail` when one gives up. */
  async onboard(registrationId: string, tries = 3): Promise<void> {
    for (const step of ONBOARDING_STEPS)
      if (!(await this.tried(tries, () => takeStep(registrationId, step, this.dependencies)))) {
        await this.giveUp(registrationId, step);
        break;
      }
    this.executions.end(registrationId);
  }

  private async giveUp(registrationId: string, failedStep: OnboardingStep): Promise<void> {
    const error = { Error: 'PermanentStepError' };
    await this.tried(3, () =>
      failOnboarding({ registrationId, step: 'fail', failedStep, error }, this.dependencies),
    );
  }

  private async tried(tries: number, body: () => Promise<void>): Promise<boolean> {
    for (let left = tries; left > 0; left -= 1)
      try {
        await this.crashes.run(undefined, body);
        return true;
      } catch (error) {
        if ((error as Error).name === 'PermanentStepError') return false;
      }
    return false;
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
