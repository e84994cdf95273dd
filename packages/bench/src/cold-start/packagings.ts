import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { runChild } from '../child';

/** How the release packages functions; see pipelines/src/bundle.ts. */
export const PACKAGINGS = ['bundled', 'layer'] as const;
export type PackagingName = (typeof PACKAGINGS)[number];

/** The product function as one packaging gives it. */
export interface PackagedFunction {
  readonly packaging: PackagingName;
  /** The file that holds the handler. */
  readonly file: string;
  /** Folder that modules of the layer are found in; none for a function that carries its own. */
  readonly modules: string | undefined;
  /** Bytes, unpacked. */
  readonly size: { readonly code: number; readonly layer: number };
}

const BUILD_MS = 120_000;

/**
 * Has the pipelines package bundle all functions both ways, as a synthesis does, into folders of `folder`.
 *
 * @param source the workspace's root
 */
export async function packageFunctions(
  source: string,
  folder: string,
  signal: AbortSignal,
): Promise<readonly PackagedFunction[]> {
  const bundles = PACKAGINGS.map((packaging) => ({ packaging, folder: join(folder, packaging) }));
  // Nothing imports pipelines: it is asked in a process of its own.
  const script = `for (const options of ${JSON.stringify(bundles)}) require('./src/bundle').bundleFunctions(options)`;
  await runChild('pnpm', ['exec', 'tsx', '--eval', script], {
    cwd: join(source, 'pipelines'),
    timeoutMs: BUILD_MS,
    signal,
  });
  return bundles.map(({ packaging, folder: built }) => {
    const code = join(built, 'product');
    const layer = packaging === 'layer' ? join(built, 'runtime') : undefined;
    return {
      packaging,
      file: join(code, 'index.js'),
      modules: layer && join(layer, 'nodejs', 'node_modules'),
      size: { code: sizeOf(code), layer: layer ? sizeOf(layer) : 0 },
    };
  });
}

function sizeOf(folder: string): number {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => statSync(join(folder, name)))
    .reduce((sum, stat) => sum + (stat.isFile() ? stat.size : 0), 0);
}
