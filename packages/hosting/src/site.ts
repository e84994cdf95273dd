/** A page of the build, and the paths of its site that it serves. */
export interface Entry {
  /** Such as `operator.html`, at the root of the build. */
  readonly page: string;
  /** `/` for all that no other entry of the site serves, or `/name` for that path and all below it. */
  readonly path: '/' | `/${string}`;
}

/** What one host serves: on AWS a distribution, on this machine a port. */
export interface Site {
  readonly name: SiteName;
  /** What a person calls it. */
  readonly title: string;
  /** One of them at `/`. */
  readonly entries: readonly [Entry, ...Entry[]];
}

export type SiteName = 'control' | 'application';

/** The sites of both planes. Operators' pages have a host of their own: what runs on tenants' pages cannot reach them. */
export const SITES: Readonly<Record<SiteName, Site>> = {
  control: {
    name: 'control',
    title: 'operator console',
    entries: [{ page: 'operator.html', path: '/' }],
  },
  application: {
    name: 'application',
    title: 'tenant application and sign-up',
    entries: [
      { page: 'tenant.html', path: '/' },
      { page: 'sign-up.html', path: '/sign-up' },
    ],
  },
};

/** Where a deployment's settings are: the one file of a site that differs between deployments of one build. */
export const CONFIG_PATH = '/config.json';
