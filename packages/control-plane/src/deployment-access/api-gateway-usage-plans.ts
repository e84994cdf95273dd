import {
  type APIGatewayClient,
  CreateUsagePlanCommand,
  DeleteUsagePlanCommand,
  GetUsagePlanCommand,
  NotFoundException,
  type PatchOperation,
  paginateGetUsagePlans,
  UpdateUsagePlanCommand,
  type UsagePlan,
} from '@aws-sdk/client-api-gateway';
import type { Limits } from '@granary/api';
import type { UsagePlans } from './deployment-access';

export class ApiGatewayUsagePlans implements UsagePlans {
  constructor(private readonly client: APIGatewayClient) {}

  async named(name: string): Promise<readonly string[]> {
    const plans = await this.list();
    return idsOf(plans.filter((plan) => plan.name === name));
  }

  async holding(keyId: string): Promise<readonly string[]> {
    return idsOf(await this.list(keyId));
  }

  async create(name: string, modelId: string, { throttle, quota }: Limits): Promise<string> {
    const model = await this.read(modelId);
    const { id } = await this.client.send(
      new CreateUsagePlanCommand({
        name,
        description: 'Limits of one tenant in place of its tier\u2019s; kept by the control plane',
        apiStages: (model.apiStages ?? []).map(({ apiId, stage }) => ({ apiId, stage })),
        throttle: { burstLimit: throttle.burst, rateLimit: throttle.rate },
        quota: { limit: quota.requestsPerDay, period: 'DAY' },
      }),
    );
    if (!id) throw new TypeError('api gateway answered a new usage plan without an id');
    return id;
  }

  async change(planId: string, modelId: string, { throttle, quota }: Limits): Promise<void> {
    const [plan, model] = [await this.read(planId), await this.read(modelId)];
    const served = new Set(stagesOf(plan));
    await this.update(planId, [
      replace('/throttle/burstLimit', throttle.burst),
      replace('/throttle/rateLimit', throttle.rate),
      replace('/quota/limit', quota.requestsPerDay),
      // An API that was made anew is another stage.
      ...stagesOf(model)
        .filter((stage) => !served.has(stage))
        .map((value): PatchOperation => ({ op: 'add', path: '/apiStages', value })),
    ]);
  }

  async remove(planId: string): Promise<void> {
    try {
      const stages = stagesOf(await this.read(planId));
      // API Gateway keeps a plan that has a stage.
      if (stages.length > 0)
        await this.update(
          planId,
          stages.map((value): PatchOperation => ({ op: 'remove', path: '/apiStages', value })),
        );
      await this.client.send(new DeleteUsagePlanCommand({ usagePlanId: planId }));
    } catch (error) {
      if (!(error instanceof NotFoundException)) throw error;
    }
  }

  private read(usagePlanId: string): Promise<UsagePlan> {
    return this.client.send(new GetUsagePlanCommand({ usagePlanId }));
  }

  private async update(usagePlanId: string, patchOperations: PatchOperation[]): Promise<void> {
    await this.client.send(new UpdateUsagePlanCommand({ usagePlanId, patchOperations }));
  }

  private async list(keyId?: string): Promise<UsagePlan[]> {
    const plans: UsagePlan[] = [];
    for await (const { items } of paginateGetUsagePlans(
      { client: this.client, pageSize: 500 },
      keyId === undefined ? {} : { keyId },
    ))
      plans.push(...(items ?? []));
    return plans;
  }
}

/** In one order, so that two who look at the same plans choose the same one. */
function idsOf(plans: readonly UsagePlan[]): readonly string[] {
  return plans.flatMap(({ id }) => id ?? []).sort();
}

function stagesOf({ apiStages = [] }: UsagePlan): readonly string[] {
  return apiStages.map(({ apiId, stage }) => `${apiId}:${stage}`);
}

function replace(path: string, value: number): PatchOperation {
  return { op: 'replace', path, value: String(value) };
}
