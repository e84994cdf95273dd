import { USAGE_ROUTES } from '@granary/api';
import { createClient } from '@granary/client';
import type { StoryPlatform } from './story-platform';

/** A tenant's administrator who knows how many of their requests were served. */
export interface CountedAdministrator {
  usage(): Promise<{ readonly requestsPerDay: number; readonly used: number; readonly left: number }>;
  products(): Promise<Response>;
  /** Requests that a service answered. */
  served(): number;
}

/** Signs a tenant of the basic tier up. */
export async function signUpCounted(
  platform: StoryPlatform,
  tenantId: string,
): Promise<CountedAdministrator> {
  await platform.signUp(tenantId, 'basic');
  const { apiUrl: baseUrl, token: signIn } = await platform.administrator(tenantId);
  const token = await signIn();
  const client = createClient(USAGE_ROUTES, { baseUrl, token });
  let served = 0;
  return {
    usage: async () => {
      const { quota } = await client.getUsage();
      served += 1;
      return quota;
    },
    products: async () => {
      const answer = await fetch(`${baseUrl}products`, { headers: { authorization: `Bearer ${token}` } });
      if (answer.status === 200) served += 1;
      return answer;
    },
    served: () => served,
  };
}
