import {
  ConflictProblem,
  NotFoundProblem,
  type OperationStep,
  type Registration,
  type RegistrationInput,
} from '@granary/api';
import type { FakeOperations } from '@granary/browser';

const AT = '2026-11-24T10:00:00.000Z';
const ID = 'registration-0123456789';
const STEPS = [
  'validate',
  'reserve',
  'request-deployment',
  'provision',
  'create-admin',
  'welcome',
  'activate',
];
/** What the platform's configuration leaves out. */
const SKIPPED = new Set(['request-deployment', 'welcome']);

const limits = (requestsPerDay: number) => ({
  throttle: { burst: 50, rate: 50 },
  quota: { requestsPerDay },
});
const price = (monthly: number, amount: number) => ({
  currency: 'USD',
  monthly,
  usage: { requests: { unit: 1000, amount } },
});

export const PLANS = [
  { tier: 'basic', model: 'pool', limits: limits(1000), price: price(0, 0.05) },
  { tier: 'standard', model: 'pool', limits: limits(3000), price: price(29, 0.03) },
  { tier: 'platinum', model: 'silo', limits: limits(10_000), price: { ...price(499, 0), usage: {} } },
] as const;

/** The control plane's side of one sign-up: each question finds it a step further. */
export class FakeRegistrations {
  readonly taken = new Set(['globex']);
  /** The step that fails, until it is retried. @default none */
  fails: string | undefined;
  private input: RegistrationInput | undefined;
  private done = 0;
  /** Set by an operator. */
  decision: 'none' | 'rejected' = 'none';

  get operations(): FakeOperations {
    return {
      listPlans: () => ({ plans: PLANS }),
      createRegistration: ({ body }) => {
        const input = body as RegistrationInput;
        if (this.taken.has(input.tenantId)) throw new ConflictProblem(`the id "${input.tenantId}" is taken`);
        this.input = input;
        return this.registration();
      },
      getRegistration: ({ params }) => {
        if (params.registrationId !== ID || !this.input) throw new NotFoundProblem('there is no such one');
        if (STEPS[this.done] !== this.fails && this.input.tier !== 'platinum') this.done += 1;
        return this.registration();
      },
      retryRegistration: () => {
        this.fails = undefined;
        return this.registration();
      },
    };
  }

  private registration(): Registration {
    const { tenantId, tier } = this.input as RegistrationInput;
    const about = { registrationId: ID, tenantId, tier, createdAt: AT, updatedAt: AT };
    if (tier === 'platinum')
      return this.decision === 'rejected'
        ? { ...about, status: 'rejected', steps: [], reason: 'no room for another this year' }
        : { ...about, status: 'awaiting-approval', steps: [] };
    const failed = this.fails !== undefined && STEPS[this.done] === this.fails;
    const status = failed ? 'failed' : this.done >= STEPS.length ? 'succeeded' : 'running';
    return { ...about, status, steps: STEPS.map((step, index) => this.step(step, index, failed)) };
  }

  private step(step: string, index: number, failed: boolean): OperationStep {
    if (index < this.done) return { step, status: SKIPPED.has(step) ? 'skipped' : 'succeeded', attempts: 1 };
    if (index > this.done) return { step, status: 'pending', attempts: 0 };
    return failed
      ? { step, status: 'failed', attempts: 6, reason: 'the deployment was too busy; try again later' }
      : { step, status: 'running', attempts: 1 };
  }
}
