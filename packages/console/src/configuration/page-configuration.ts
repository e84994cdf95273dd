import * as z from 'zod';

/** Where people of one user pool sign in. */
export const userPoolSchema = z.object({
  region: z.string().min(1),
  userPoolId: z.string().min(1),
  clientId: z.string().min(1),
  /** URL of Cognito. @default `cognitoEndpoint` of the configuration, else AWS's of the region */
  endpoint: z.url().optional(),
});
export type PageUserPool = z.output<typeof userPoolSchema>;

/** `./config.json` beside the pages: what differs between deployments, so that one build serves them all. */
export const configurationSchema = z.object({
  /** The application's name, in the title of every page. */
  application: z.string().min(1),
  /** The control plane's API, with its stage. */
  controlApiUrl: z.url(),
  /** The operators' user pool. @default none: the operator console does not work here */
  operators: userPoolSchema.optional(),
  /** URL of Cognito for every user pool, the tenants' included. @default AWS's of the pool's region */
  cognitoEndpoint: z.url().optional(),
  /** `srp`: the password never leaves the browser. `password`: it is sent, for a Cognito without SRP. */
  signIn: z.enum(['srp', 'password']).default('srp'),
  /**
   * The tenant application. `{tenant}` in it is replaced by the tenant's id; without, it is added as `?tenant=`.
   *
   * @default `./tenant.html` beside the page
   */
  tenantApplicationUrl: z.string().min(1).optional(),
  /**
   * Who answers `tenant-config/<name>` for the tenant application: at the edge it is nearer than the control plane,
   * which answers all that the edge does not know. `/` is the page's own host.
   *
   * @default the control plane's API
   */
  tenantRoutingUrl: z.string().min(1).optional(),
  /** The sign-up page. @default `./sign-up.html` beside the page */
  signUpUrl: z.string().min(1).optional(),
});
export type PageConfiguration = z.output<typeof configurationSchema>;
