import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadManifest, planRollout } from '@granary/manifest';
import { fleetOf } from './fleet-manifest';

const MANIFEST = JSON.parse(readFileSync(join(__dirname, '..', '..', '..', 'tenants.json'), 'utf8'));

test.each([
  { tenants: 1, engine: 'pipeline' },
  { tenants: 100, engine: 'pipeline' },
  { tenants: 5000, engine: 'distributed' },
] as const)('a fleet of $tenants is a valid manifest for the $engine engine', ({ tenants, engine }) => {
  const manifest = loadManifest(JSON.stringify(fleetOf(MANIFEST, { tenants, engine })));
  const plan = planRollout(manifest);
  expect(plan.engine).toBe(engine);
  expect(plan.waves.flatMap((wave) => wave.tenants)).toHaveLength(tenants);
  const perCell = manifest.cells.map(({ id }) => manifest.tenants.filter(({ cell }) => cell === id).length);
  expect(Math.max(...perCell)).toBeLessThanOrEqual(250);
});
