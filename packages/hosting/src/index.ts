export { EDGE_CODE_BYTES, edgeCode } from './edge/edge-code';
export { HostingError } from './errors';
export { cacheControl, contentType } from './file-headers';
export { folderFiles } from './folder-files';
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
export type { SiteFiles } from './site-files';
export { SiteServer, type SiteServerOptions } from './site-server';
