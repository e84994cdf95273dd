import {
  type APIGatewayClient,
  type ApiKey,
  ConflictException,
  CreateApiKeyCommand,
  CreateUsagePlanKeyCommand,
  DeleteApiKeyCommand,
  DeleteUsagePlanKeyCommand,
  GetApiKeyCommand,
  GetUsagePlanKeyCommand,
  NotFoundException,
  paginateGetApiKeys,
  UpdateApiKeyCommand,
} from '@aws-sdk/client-api-gateway';
import type { UsageKeys } from './deployment-access';

export class ApiGatewayUsageKeys implements UsageKeys {
  constructor(private readonly client: APIGatewayClient) {}

  async find(name: string): Promise<string | undefined> {
    const found: ApiKey[] = [];
    // The query matches beginnings: the key of `acme-2` answers to `acme` as well.
    for await (const { items } of paginateGetApiKeys(
      { client: this.client, pageSize: 500 },
      { nameQuery: name, includeValues: false },
    ))
      found.push(...(items ?? []).filter((key) => key.name === name));
    return found.sort(byAge)[0]?.id;
  }

  async create(name: string, description: string): Promise<string> {
    const { id } = await this.client.send(new CreateApiKeyCommand({ name, description, enabled: true }));
    if (!id) throw new TypeError('api gateway answered a new key without an id');
    return id;
  }

  async attach(keyId: string, usagePlanId: string): Promise<'attached' | 'on-another-plan'> {
    try {
      await this.client.send(new CreateUsagePlanKeyCommand({ usagePlanId, keyId, keyType: 'API_KEY' }));
      return 'attached';
    } catch (error) {
      if (!(error instanceof ConflictException)) throw error;
    }
    // A conflict is the key on this plan, or on another plan of the same stage.
    try {
      await this.client.send(new GetUsagePlanKeyCommand({ usagePlanId, keyId }));
      return 'attached';
    } catch (error) {
      if (error instanceof NotFoundException) return 'on-another-plan';
      throw error;
    }
  }

  async detach(keyId: string, usagePlanId: string): Promise<void> {
    try {
      await this.client.send(new DeleteUsagePlanKeyCommand({ usagePlanId, keyId }));
    } catch (error) {
      if (!(error instanceof NotFoundException)) throw error;
    }
  }

  async value(keyId: string): Promise<string> {
    const { value } = await this.client.send(new GetApiKeyCommand({ apiKey: keyId, includeValue: true }));
    if (!value) throw new TypeError('api gateway answered a key without its value');
    return value;
  }

  async setEnabled(keyId: string, enabled: boolean): Promise<void> {
    try {
      await this.client.send(
        new UpdateApiKeyCommand({
          apiKey: keyId,
          patchOperations: [{ op: 'replace', path: '/enabled', value: String(enabled) }],
        }),
      );
    } catch (error) {
      if (!(error instanceof NotFoundException)) throw error;
    }
  }

  async remove(keyId: string): Promise<void> {
    try {
      await this.client.send(new DeleteApiKeyCommand({ apiKey: keyId }));
    } catch (error) {
      if (!(error instanceof NotFoundException)) throw error;
    }
  }
}

function byAge(one: ApiKey, other: ApiKey): number {
  return (
    (one.createdDate?.getTime() ?? 0) - (other.createdDate?.getTime() ?? 0) ||
    ((one.id ?? '') < (other.id ?? '') ? -1 : 1)
  );
}
