import { APIGatewayClient, GetUsagePlansCommand, UpdateUsagePlanCommand } from '@aws-sdk/client-api-gateway';
import type { CloudEndpoint } from '@granary/local';
import type { Deployment } from './deployed';

/** The most that the platform's own limits may say. */
const MOST = {
  '/quota/limit': '1000000',
  '/throttle/rateLimit': '10000',
  '/throttle/burstLimit': '5000',
} as const;

/**
 * Lifts the quotas and throttles of a deployment's usage plans, as root: ten thousand requests of five tenants are
 * more than a day's worth, and a request that the quota refuses proves nothing about isolation.
 */
export async function liftQuotas(
  cloud: CloudEndpoint,
  { account, region, apiId }: Deployment,
): Promise<void> {
  const client = new APIGatewayClient(cloud.clientConfig(account, region));
  const { items = [] } = await client.send(new GetUsagePlansCommand({ limit: 500 }));
  for (const { id, apiStages } of items) {
    if (!apiStages?.some((stage) => stage.apiId === apiId)) continue;
    await client.send(
      new UpdateUsagePlanCommand({
        usagePlanId: id,
        patchOperations: Object.entries(MOST).map(([path, value]) => ({ op: 'replace', path, value })),
      }),
    );
  }
  client.destroy();
}
