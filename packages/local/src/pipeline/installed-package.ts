import { existsSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ReleaseError } from './errors';

const resolver = createRequire(__filename);

/**
 * The package.json of a package that this one depends on, also when its exports hide it.
 *
 * @throws ReleaseError when it is not installed
 */
export function packageManifest(name: string): string {
  for (const folder of resolver.resolve.paths(name) ?? []) {
    const file = join(folder, name, 'package.json');
    if (existsSync(file)) return realpathSync(file);
  }
  throw new ReleaseError(`package "${name}" is not installed beside @granary/local: run "pnpm install"`);
}
