import { reachableApiUrls } from '@granary/local';
import { WalkError } from '../cli-error';

/**
 * A site's settings as the release wrote them, with what answers on this machine in place of AWS's hosts.
 *
 * @param endpoint the engine's URL, without a slash at the end
 * @throws WalkError when they are no object of JSON
 */
export function localConfig(text: string, endpoint: string): object {
  const config: unknown = JSON.parse(reachableApiUrls(text, endpoint));
  if (typeof config !== 'object' || config === null)
    throw new WalkError(`the settings of a site must be an object, and are: ${text.slice(0, 80)}`);
  // CloudFront's own host answers nothing here: the control plane says where a tenant is.
  const { routingUrl: _, ...kept } = config as { readonly routingUrl?: unknown };
  return { ...kept, userPoolEndpoint: endpoint };
}
