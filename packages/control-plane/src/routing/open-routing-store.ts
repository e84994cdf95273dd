import {
  CloudFrontKeyValueStoreClient,
  type CloudFrontKeyValueStoreClientConfig,
} from '@aws-sdk/client-cloudfront-keyvaluestore';
import { keyValueRoutingStore } from './key-value-routing-store';
import type { RoutingStore } from './routing-store';

/**
 * The store behind CloudFront's API.
 *
 * @param endpoint where it answers. @default AWS: a host of the account's own. An endpoint that is named takes the
 *   calls as it is: on an address the account cannot stand before the host, where the client would put it
 */
export function openRoutingStore(
  arn: string,
  endpoint: string | undefined,
  settings: CloudFrontKeyValueStoreClientConfig = {},
): RoutingStore {
  const named =
    endpoint === undefined
      ? {}
      : {
          endpointProvider: () => ({
            url: new URL(endpoint),
            properties: { authSchemes: [LOCAL_SIGNATURE] },
          }),
        };
  return keyValueRoutingStore(new CloudFrontKeyValueStoreClient({ ...settings, ...named }), arn);
}

/** The one-region kind, which every endpoint knows. */
const LOCAL_SIGNATURE = {
  name: 'sigv4',
  signingName: 'cloudfront-keyvaluestore',
  signingRegion: 'us-east-1',
  properties: {},
};
