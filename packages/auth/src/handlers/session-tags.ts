import type { PreTokenGenerationV2TriggerEvent } from 'aws-lambda';
import { InvalidTokenError } from '../errors';
import { tenantPrincipal } from '../principal';
import { observed } from '../service-handler/observed';
import { createTelemetry } from '../service-handler/telemetry';
import { SESSION_TAGS_CLAIM, sessionTagsClaim } from '../session-tags';

/** The event with the answer in it. Since its version V2_0 a claim may be an object, which the library's types lack. */
type TriggerAnswer = Omit<PreTokenGenerationV2TriggerEvent, 'response'> & {
  readonly response: {
    readonly claimsAndScopeOverrideDetails: {
      readonly idTokenGeneration: { readonly claimsToAddOrOverride: Readonly<Record<string, object>> };
    };
  };
};

/**
 * Cognito's trigger before it makes tokens (event version V2_0): puts the tags of the tenant's session into the id
 * token. It reads the attributes that the platform alone writes, and nothing that the client sends; a user without
 * them gets no token. The access token, by which nobody is let in here, stays as it is.
 *
 * https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-token-generation.html
 *
 * @throws InvalidTokenError, at which Cognito refuses the sign-in
 */
export const handler = observed(createTelemetry('session-tags'), sessionTags, {
  refuses: (error) => error instanceof InvalidTokenError,
});

async function sessionTags(event: PreTokenGenerationV2TriggerEvent): Promise<TriggerAnswer> {
  const { userAttributes } = event.request;
  const { tenantId, role, tier } = tenantPrincipal({ ...userAttributes, 'cognito:username': event.userName });
  const tags = sessionTagsClaim({ TenantId: tenantId, Role: role, Tier: tier });
  return {
    ...event,
    response: {
      claimsAndScopeOverrideDetails: {
        idTokenGeneration: { claimsToAddOrOverride: { [SESSION_TAGS_CLAIM]: tags } },
      },
    },
  };
}
