import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { ControlPlaneError } from '../control-plane-error';
import type { QuotaRequest } from './quota-request';

/** Makes the gateway hold what a tenant's record says. */
export interface QuotaEnforcer {
  /** @throws EnforcementError, or what the SDK throws */
  enforce(tenantId: string): Promise<void>;
}

/** The onboarding function did not manage; its own log says why. */
export class EnforcementError extends ControlPlaneError {
  readonly name = 'EnforcementError';

  constructor(tenantId: string, reason: string) {
    super(`limits of tenant "${tenantId}": the onboarding function failed (${reason}); see its log`);
  }
}

/** Asks the onboarding function: it holds the only role that deployments trust. */
export class OnboardingQuotaEnforcer implements QuotaEnforcer {
  constructor(
    private readonly client: LambdaClient,
    private readonly functionArn: string,
  ) {}

  async enforce(tenantId: string): Promise<void> {
    const request: QuotaRequest = { applyQuota: tenantId };
    const answer = await this.client.send(
      new InvokeCommand({ FunctionName: this.functionArn, Payload: Buffer.from(JSON.stringify(request)) }),
    );
    if (answer.FunctionError) throw new EnforcementError(tenantId, answer.FunctionError);
  }
}
