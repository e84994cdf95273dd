import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { HostingError } from '../errors';
import { SITES, type SiteName } from '../site';

/** CloudFront's limit for a function, in bytes. */
export const EDGE_CODE_BYTES = 10_240;

/** Beyond ECMAScript 5, what CloudFront's runtime 2.0 knows; esbuild refuses what it cannot turn into these. */
const SUPPORTED = {
  arrow: true,
  'async-await': true,
  'const-and-let': true,
  'template-literal': true,
};

/** Where the URL is written at last: a token of the CDK in it must reach the template as it is. */
const PLACE = 'https://control.invalid/';

/** Has to come first, where a bundler puts its own. */
const IMPORTS: Readonly<Record<SiteName, string>> = {
  control: '',
  application: "import cf from 'cloudfront';\n",
};

/**
 * The code of a site's function at the edge, from the same sources that route on this machine.
 *
 * @param controlUrl the control plane's API, with a slash at the end
 * @throws HostingError when it is larger than CloudFront takes
 */
export function edgeCode(site: SiteName, controlUrl: string): string {
  const { outputFiles } = buildSync({
    entryPoints: [join(__dirname, `${site}-site.ts`)],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es5',
    supported: SUPPORTED,
    minifySyntax: true,
    minifyWhitespace: true,
    logLevel: 'silent',
    define: { ENTRIES: JSON.stringify(SITES[site].entries), CONTROL_URL: JSON.stringify(PLACE) },
  });
  const [output] = outputFiles;
  // CloudFront calls the function `handler`, and knows no exports.
  const body = (output?.text ?? '').replace(/export\s*\{\s*handler\s*\};?\s*$/, '');
  const code = `${IMPORTS[site]}${body}`.replaceAll(PLACE, controlUrl);
  if (!/function handler\(/.test(code) || /\bexport\b/.test(code))
    throw new HostingError(`the function of the site "${site}" has no handler of that name`);
  if (Buffer.byteLength(code) > EDGE_CODE_BYTES)
    throw new HostingError(`the function of the site "${site}" is larger than ${EDGE_CODE_BYTES} bytes`);
  return code;
}
