import { reachableApiUrls } from '@granary/local';
import { WalkError } from '../cli-error';

export interface LocalPlaces {
  /** The engine's URL, without a slash at the end. */
  readonly endpoint: string;
  /** The application site's, without a slash at the end. */
  readonly applicationOrigin: string;
}

/**
 * A site's settings as the release wrote them, with what answers on this machine in place of AWS's hosts.
 *
 * @throws WalkError when they are no object of JSON
 */
export function localConfig(text: string, { endpoint, applicationOrigin }: LocalPlaces): object {
  const config: unknown = JSON.parse(reachableApiUrls(text, endpoint));
  if (typeof config !== 'object' || config === null)
    throw new WalkError(`the settings of a site must be an object, and are: ${text.slice(0, 80)}`);
  // CloudFront's own host answers nothing here: the control plane says where a tenant is.
  const { tenantRoutingUrl: _, ...kept } = config as { readonly tenantRoutingUrl?: unknown };
  return {
    ...kept,
    tenantApplicationUrl: `${applicationOrigin}/`,
    signUpUrl: `${applicationOrigin}/sign-up`,
    cognitoEndpoint: endpoint,
  };
}
