import type { WorkflowStep } from '../../workflow/workflow';
import type { OnboardingInput } from '../onboarding-input';

/** A mail of the platform's own, where one is set up; the invitation with its password is Cognito's. */
export const welcome: WorkflowStep<OnboardingInput> = {
  name: 'welcome',
  do: async ({ tenant, ports: { mail } }) => {
    if (!mail) return { skipped: true };
    const { tenantId, name: tenantName, adminEmail: to } = tenant;
    await mail.send({ to, tenantId, tenantName });
    return {};
  },
};
