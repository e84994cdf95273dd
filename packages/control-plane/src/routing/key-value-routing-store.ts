// Signs for all regions at once, as this one API asks: the client finds it by itself once it is loaded.
import '@aws-sdk/signature-v4a';
import {
  type CloudFrontKeyValueStoreClient,
  ConflictException,
  DescribeKeyValueStoreCommand,
  GetKeyCommand,
  paginateListKeys,
  ResourceNotFoundException,
  UpdateKeysCommand,
} from '@aws-sdk/client-cloudfront-keyvaluestore';
import { type RoutingChange, type RoutingStore, RoutingStoreChangedError } from './routing-store';

/** A key value store of CloudFront. */
export function keyValueRoutingStore(client: CloudFrontKeyValueStoreClient, KvsARN: string): RoutingStore {
  return {
    version: async () => {
      const { ETag } = await client.send(new DescribeKeyValueStoreCommand({ KvsARN }));
      if (!ETag) throw new Error(`key value store "${KvsARN}" has no ETag`);
      return ETag;
    },
    read: async (Key) => {
      try {
        return (await client.send(new GetKeyCommand({ KvsARN, Key }))).Value;
      } catch (error) {
        if (error instanceof ResourceNotFoundException) return undefined;
        throw error;
      }
    },
    all: async () => {
      const entries = new Map<string, string>();
      for await (const { Items = [] } of paginateListKeys({ client, pageSize: 50 }, { KvsARN }))
        for (const { Key, Value } of Items) if (Key && Value !== undefined) entries.set(Key, Value);
      return entries;
    },
    change: async (changes, IfMatch) => {
      try {
        await client.send(new UpdateKeysCommand({ KvsARN, IfMatch, ...updates(changes) }));
      } catch (error) {
        if (error instanceof ConflictException) throw new RoutingStoreChangedError();
        throw error;
      }
    },
  };
}

function updates(changes: RoutingChange) {
  const Puts = [...changes].flatMap(([Key, Value]) => (Value === undefined ? [] : [{ Key, Value }]));
  const Deletes = [...changes].flatMap(([Key, Value]) => (Value === undefined ? [{ Key }] : []));
  return { ...(Puts.length > 0 ? { Puts } : {}), ...(Deletes.length > 0 ? { Deletes } : {}) };
}
