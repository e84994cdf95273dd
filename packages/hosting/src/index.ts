export { EDGE_CODE_BYTES, edgeCode } from './edge/edge-code';
export { HostingError } from './errors';
export { cacheControl, contentType } from './file-headers';
export { pagePath } from './page-path';
export { buildPages, type PagesBuildOptions } from './pages-build';
export {
  contentSecurityPolicy,
  HSTS_SECONDS,
  PERMISSIONS_POLICY,
  type SecurityOptions,
  securityHeaders,
} from './security-headers';
export { CONFIG_PATH, type Entry, SITES, type Site, type SiteName } from './site';
export { SiteServer, type SiteServerOptions } from './site-server';
