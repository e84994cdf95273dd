import { type Draft, own, recordOf } from './draft';
import type { Problem } from './problem';

/** A site's certificate is the control plane's, and its name is no other site's and no tenant's. */
export function* siteProblems({ controlPlane = {} }: Draft): Generator<Problem> {
  const sites = recordOf(controlPlane.sites) ?? {};
  const control = recordOf(own(sites, 'control'));
  const application = recordOf(own(sites, 'application'));
  for (const [site, address] of Object.entries({ control, application })) {
    const { certificateArn } = address ?? {};
    const [, owner] = /:acm:[^:]+:(\d{12}):/.exec(String(certificateArn)) ?? [];
    if (owner !== undefined && typeof controlPlane.account === 'string' && owner !== controlPlane.account)
      yield {
        path: ['controlPlane', 'sites', site, 'certificateArn'],
        message: `is a certificate of account ${owner}`,
        advice: `CloudFront takes certificates of its own account: make one in ${controlPlane.account}`,
      };
  }
  const [name, parent] = [control?.name, application?.name];
  if (typeof name !== 'string' || typeof parent !== 'string') return;
  if (name === parent)
    yield {
      path: ['controlPlane', 'sites', 'control', 'name'],
      message: "is the application's name",
      advice: "give the operators' console a name of its own: browsers keep hosts apart, not paths",
    };
  else if (name.endsWith(`.${parent}`) && !name.slice(0, -parent.length - 1).includes('.'))
    yield {
      path: ['controlPlane', 'sites', 'control', 'name'],
      message: `is the address of a tenant "${name.slice(0, -parent.length - 1)}"`,
      advice: `names right below ${parent} are tenants': choose one beside it`,
    };
}
