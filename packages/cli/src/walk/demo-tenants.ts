import type { RegistrationInput } from '@granary/api';
import { type Manifest, tiersOf } from '@granary/manifest';

const NAMES = ['Juniper', 'Larkspur', 'Sorrel', 'Yarrow', 'Bramble', 'Tansy', 'Clover', 'Fennel'];

/**
 * The tenants that the walk signs up: one more than there are pools, so that two share one wherever they are placed.
 */
export function demoTenants(manifest: Manifest): readonly RegistrationInput[] {
  const tiers = tiersOf(manifest, 'pool').map(({ name }) => name);
  if (tiers.length === 0 || manifest.pools.length === 0) return [];
  return NAMES.slice(0, manifest.pools.length + 1).map((name, index) => {
    const tenantId = name.toLowerCase();
    return {
      tenantId,
      name,
      tier: tiers[index % tiers.length] as string,
      adminEmail: `admin@${tenantId}.example.com`,
    };
  });
}
