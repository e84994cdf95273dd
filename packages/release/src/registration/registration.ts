import type { DeploymentRegistration } from '@granary/api';
import * as z from 'zod';
import { type Attempt, type Clock, type Patience, patiently } from './patience';
import { RegistrationError } from './step-error';

/** What the control plane's function answers; more than this step reads may come with it. */
const answerSchema = z.object({
  deploymentId: z.string(),
  release: z.string(),
  tenant: z
    .object({
      status: z.string(),
      steps: z.array(z.object({ step: z.string(), status: z.string(), reason: z.string().optional() })),
    })
    .optional(),
});
type Answer = z.output<typeof answerSchema>;

/** An answer of a function: its payload, or what it threw. */
export type Invocation =
  | { readonly ok: true; readonly payload: unknown }
  | { readonly ok: false; readonly errorType: string; readonly message: string };

export interface RegistrationDependencies {
  /** Calls the control plane's deployment function. */
  readonly invoke: (payload: object) => Promise<Invocation>;
  readonly clock: Clock;
  readonly print: (line: string) => void;
}

/** What the control plane throws at a registration that will not do better the next time. */
const FINAL = new Set(['InvalidDeploymentError', 'DeploymentConflictError']);

const CALL: Patience = { limit: 60_000, pause: 1_000, longest: 10_000 };
const ONBOARDING: Patience = { limit: 900_000, pause: 500, longest: 5_000 };

/**
 * Registers a deployment and, for a silo, waits until its tenant has been onboarded.
 * @throws RegistrationError with the control plane's reason
 */
export async function register(
  registration: DeploymentRegistration,
  dependencies: RegistrationDependencies,
): Promise<void> {
  const { clock, print } = dependencies;
  const { deploymentId, kind } = registration;
  const registered = await call(registration, dependencies);
  print(`registered "${deploymentId}" with release ${registered.release}`);
  if (kind === 'pool') return;
  let said = '';
  const onboarded = await patiently(
    async () => {
      const answer = await call({ check: deploymentId }, dependencies);
      const progress = progressOf(answer);
      if (progress !== said) print(progress);
      said = progress;
      return settled(answer);
    },
    ONBOARDING,
    clock,
  );
  if (!onboarded.done)
    throw new RegistrationError(
      `tenant "${deploymentId}" was not active after ${ONBOARDING.limit / 60_000} minutes: ${onboarded.reason}`,
    );
}

/** One call: how far a registration is. */
export type RegistrationState =
  /** Registered, and its tenant, if it has one, onboarded. */
  { readonly done: true } | { readonly done: false; readonly registered: boolean; readonly reason: string };

/**
 * One try of the same, for a caller that waits by itself: registers, or asks how far it is.
 * @param registered whether an earlier try has registered it
 * @throws RegistrationError with the control plane's reason
 */
export async function registerOnce(
  registration: DeploymentRegistration,
  registered: boolean,
  { invoke }: Pick<RegistrationDependencies, 'invoke'>,
): Promise<RegistrationState> {
  const { deploymentId, kind } = registration;
  const asked = await ask(registered ? { check: deploymentId } : registration, invoke);
  if (!asked.done) return { done: false, registered, reason: asked.reason };
  if (kind === 'pool') return { done: true };
  const onboarded = settled(asked.value);
  return onboarded.done ? { done: true } : { done: false, registered: true, reason: onboarded.reason };
}

async function call(payload: object, { invoke, clock }: RegistrationDependencies): Promise<Answer> {
  const outcome = await patiently(() => ask(payload, invoke), CALL, clock);
  if (outcome.done) return outcome.value;
  throw new RegistrationError(`the control plane does not answer: ${outcome.reason}`);
}

async function ask(payload: object, invoke: RegistrationDependencies['invoke']): Promise<Attempt<Answer>> {
  const invocation = await invoke(payload);
  if (!invocation.ok) {
    const { errorType, message } = invocation;
    if (FINAL.has(errorType)) throw new RegistrationError(`the control plane refused: ${message}`);
    return { done: false, reason: `${errorType}: ${message}` };
  }
  const parsed = answerSchema.safeParse(invocation.payload);
  if (!parsed.success) throw new RegistrationError('the control plane answered with no deployment');
  return { done: true, value: parsed.data };
}

/** @throws RegistrationError when onboarding failed */
function settled(answer: Answer): Attempt<string> {
  const status = answer.tenant?.status;
  if (status === undefined || status === 'provisioning') return { done: false, reason: progressOf(answer) };
  if (status === 'failed') throw new RegistrationError(progressOf(answer));
  return { done: true, value: status };
}

function progressOf({ deploymentId, tenant }: Answer): string {
  if (!tenant) return `tenant "${deploymentId}": onboarding has not begun`;
  // A step that was undone keeps why it had failed.
  const current =
    tenant.steps.find(({ reason }) => reason !== undefined) ??
    tenant.steps.find(({ status }) => status !== 'succeeded' && status !== 'skipped');
  const step = current ? `, step ${current.step} ${current.status}` : '';
  return `tenant "${deploymentId}" is ${tenant.status}${step}${current?.reason ? `: ${current.reason}` : ''}`;
}
