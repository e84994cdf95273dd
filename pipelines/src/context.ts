import type { App } from 'aws-cdk-lib';
import { PACKAGINGS, type Packaging } from './bundle';
import { ReleaseError } from './release-error';

/**
 * How functions are packaged: `cdk synth -c granary:packaging=layer`.
 * @throws ReleaseError for another word
 */
export function packagingOf(app: App): Packaging {
  const asked: unknown = app.node.tryGetContext('granary:packaging') ?? 'bundled';
  const found = PACKAGINGS.find((packaging) => packaging === asked);
  if (found) return found;
  throw new ReleaseError(
    `context granary:packaging: "${String(asked)}" is no way to package; write ${PACKAGINGS.join(' or ')}`,
  );
}

/** The manifest's file, from the folder of cdk.json: `cdk synth -c granary:manifest=../other.json`. */
export function manifestPath(app: App): string {
  return String(app.node.tryGetContext('granary:manifest') ?? '../tenants.json');
}
