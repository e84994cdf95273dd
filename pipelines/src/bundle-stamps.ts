import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import * as z from 'zod';

const stampsSchema = z.object({
  /** Of what decides how a file is bundled, besides its sources. */
  settings: z.string(),
  /** By bundle: digests of its sources, by path from the workspace's root. */
  bundles: z.record(z.string(), z.record(z.string(), z.string())),
});
type Stamps = z.output<typeof stampsSchema>;

/**
 * Remembers of what each bundle was made, so that a synthesis bundles what has changed and nothing else: bundling
 * all functions takes most of its time.
 */
export class BundleStamps {
  private readonly digests = new Map<string, string>();
  private readonly stamps: Stamps;

  /**
   * @param file where the stamps are kept; beside the bundles, not among them
   * @param workspace folder that sources' paths begin at
   * @param settings whatever else decides the bundles' bytes
   */
  constructor(
    private readonly file: string,
    private readonly workspace: string,
    settings: unknown,
  ) {
    const expected = digestOf(JSON.stringify(settings));
    const known = readStamps(file);
    this.stamps = known?.settings === expected ? known : { settings: expected, bundles: {} };
  }

  /** Whether a bundle is there and every source of it is what it was. */
  isFresh(name: string, output: string): boolean {
    const sources = this.stamps.bundles[name];
    if (!sources || !existsSync(output)) return false;
    return Object.entries(sources).every(([path, digest]) => this.digest(path) === digest);
  }

  /** Notes the sources of bundles that were just made; `nameOf` an output's path, undefined for what is no bundle. */
  record({ outputs }: Metafile, nameOf: (output: string) => string | undefined): void {
    for (const [output, { inputs }] of Object.entries(outputs)) {
      const name = nameOf(output);
      if (name === undefined) continue;
      this.stamps.bundles[name] = Object.fromEntries(
        Object.keys(inputs).map((path) => [path, this.digest(path)]),
      );
    }
    writeFileSync(this.file, JSON.stringify(this.stamps));
  }

  /** Empty for what is no file: a module that the bundler leaves empty. */
  private digest(path: string): string {
    const known = this.digests.get(path);
    if (known !== undefined) return known;
    const file = join(this.workspace, path);
    const digest = existsSync(file) ? digestOf(readFileSync(file)) : '';
    this.digests.set(path, digest);
    return digest;
  }
}

/** Stamps that cannot be read are none: everything is bundled anew. */
function readStamps(file: string): Stamps | undefined {
  try {
    return stampsSchema.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data;
  } catch {
    return undefined;
  }
}

function digestOf(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
