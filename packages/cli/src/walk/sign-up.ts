import type { RegistrationInput, RegistrationStatus, Tenant } from '@granary/api';
import { ApiError, type ControlClient } from '@granary/client';
import { WalkError } from '../cli-error';
import { type Patience, until } from './patience';

/** Nothing more comes of an onboarding by itself. */
const GIVEN_UP: ReadonlySet<RegistrationStatus> = new Set(['failed', 'compensating', 'compensated']);

/** How a tenant came to be there. */
export type SignedUp = 'signed up' | 'was there';

/**
 * Signs a tenant up at the control plane's public API and follows its onboarding to the end. A tenant of an earlier
 * start is found, not made again.
 *
 * @throws WalkError when the onboarding fails, with the failed step's reason
 */
export async function signUpTenant(
  anyone: ControlClient,
  input: RegistrationInput,
  patience: Patience,
): Promise<SignedUp> {
  let registrationId: string;
  try {
    ({ registrationId } = await anyone.createRegistration({ body: input }));
  } catch (error) {
    if (error instanceof ApiError && error.status === 409) return 'was there';
    throw error;
  }
  await until(
    `the onboarding of "${input.tenantId}"`,
    async () => {
      const { status, steps } = await anyone.getRegistration({ params: { registrationId } });
      if (status === 'succeeded') return status;
      if (!GIVEN_UP.has(status)) return undefined;
      // A step that was undone keeps why it had failed.
      const failed = steps.find(({ reason }) => reason !== undefined);
      throw new WalkError(
        `the onboarding of "${input.tenantId}" failed at ${failed?.step ?? 'an unknown step'}: ${failed?.reason ?? 'no reason given'}`,
      );
    },
    patience,
  );
  return 'signed up';
}

/** Waits until a tenant is active: a silo's onboarding runs after its release. */
export async function activeTenant(
  operator: ControlClient,
  tenantId: string,
  patience: Patience,
): Promise<Tenant> {
  return until(
    `tenant "${tenantId}" to become active`,
    async () => {
      const tenant = await operator.getTenant({ params: { tenantId } }).catch((error) => {
        if (error instanceof ApiError && error.status === 404) return undefined;
        throw error;
      });
      if (tenant?.status === 'failed') throw new WalkError(`the onboarding of tenant "${tenantId}" failed`);
      return tenant?.status === 'active' ? tenant : undefined;
    },
    patience,
  );
}
