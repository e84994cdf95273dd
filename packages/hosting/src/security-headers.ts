/** Origins that a site's pages talk to, besides their own. */
export interface SecurityOptions {
  /** Origins in CSP's form: `https://host`, or with `*.` before a host. */
  readonly connect: readonly string[];
  /** Whether the site is served by https: then browsers are told to ask for nothing else. @default true */
  readonly https?: boolean;
}

/** Two years, what browsers ask of a host that means it. */
export const HSTS_SECONDS = 63_072_000;

/** What no page needs. */
const PERMISSIONS = ['camera', 'geolocation', 'microphone', 'payment', 'usb'];

/**
 * What pages may load and do: scripts and styles of their own host only, none inline, no frame around them, and calls
 * to the named origins alone. A token that a stranger's script could read has nowhere to go.
 */
export function contentSecurityPolicy({ connect, https = true }: SecurityOptions): string {
  const directives: readonly (readonly string[])[] = [
    ['default-src', "'none'"],
    ['script-src', "'self'"],
    ['style-src', "'self'"],
    ['img-src', "'self'", 'data:'],
    ['font-src', "'self'", 'data:'],
    ['connect-src', "'self'", ...connect],
    ['manifest-src', "'self'"],
    ['base-uri', "'none'"],
    ['form-action', "'none'"],
    ['frame-ancestors', "'none'"],
    ['object-src', "'none'"],
    ...(https ? [['upgrade-insecure-requests']] : []),
  ];
  return directives.map((parts) => parts.join(' ')).join('; ');
}

/** The value of the Permissions-Policy header: none of them, for nobody. */
export const PERMISSIONS_POLICY = PERMISSIONS.map((feature) => `${feature}=()`).join(', ');

/** Every security header of an answer, by name in lower case: what CloudFront adds on AWS and the server here. */
export function securityHeaders(options: SecurityOptions): Readonly<Record<string, string>> {
  return {
    'content-security-policy': contentSecurityPolicy(options),
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'permissions-policy': PERMISSIONS_POLICY,
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    ...((options.https ?? true)
      ? { 'strict-transport-security': `max-age=${HSTS_SECONDS}; includeSubDomains` }
      : {}),
  };
}
