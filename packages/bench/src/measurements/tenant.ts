import { setTimeout as pause } from 'node:timers/promises';
import { applicationClient } from '@granary/client';
import type { LocalCloud } from '@granary/local';
import { type TenantTarget, tenantTargets } from '@granary/manifest';
import { signInAdmin } from '../admin-session';
import { BenchError } from '../bench-error';
import type { CloudUnderTest } from '../cloud-under-test';
import type { Section } from '../figure';
import { describePhases } from '../stage-times';
import { commandOf, type Measurement, type MeasurementContext, onCloud } from './measurement';

const TENANT = { id: 'bench-silo', name: 'Bench', email: 'admin@bench-silo.example.com' } as const;
const POLL_MS = 200;
const SERVED_MS = 15 * 60_000;

export const tenantMeasurement: Measurement = {
  name: 'tenant',
  summary: 'a new silo tenant, from git push to its first served request',
  run: (context) => onCloud(context, async (cloud) => [await measureTenant(cloud, context)]),
};

export async function measureTenant(
  cloud: CloudUnderTest,
  { say, signal }: Pick<MeasurementContext, 'say' | 'signal'>,
): Promise<Section> {
  const running = await cloud.up();
  const target = await addTenant(cloud);
  say(`pushing the new tenant ${TENANT.id}`);
  const { at, released } = await cloud.push();
  const failed = released.then(() => new Promise<never>(() => undefined));
  const servedAt = await Promise.race([firstServed(running, target, signal), failed]);
  const { endedAt, stages } = await released;
  const { cell } = target;
  return {
    title: 'Tenant',
    command: commandOf('tenant'),
    figures: [
      {
        what: 'git push to the first served request',
        value: (servedAt - at) / 1000,
        unit: 's',
        note: `a silo tenant added to tenants.json (${cell}); its administrator signs in and lists products, tried every ${POLL_MS} ms`,
      },
      {
        what: 'git push to the end of the last wave',
        value: (endedAt - at) / 1000,
        unit: 's',
        note: `the pipeline changes itself first: ${describePhases(stages)}`,
      },
    ],
  };
}

async function addTenant(cloud: CloudUnderTest): Promise<TenantTarget> {
  const { clone } = cloud;
  const [cell] = (await clone.manifest()).cells;
  const { id, name, email } = TENANT;
  await cloud.granary('tenants', 'add', id, '--name', name, '--email', email, '--cell', cell?.id ?? '');
  await clone.commit(`Add ${id}`);
  const target = tenantTargets(await clone.manifest()).find((each) => each.id === id);
  if (target) return target;
  throw new BenchError(`"granary tenants add" did not add "${id}" to the manifest`);
}

/** @returns when the tenant's administrator was first served, on `performance.now()`'s clock */
async function firstServed(cloud: LocalCloud, target: TenantTarget, signal: AbortSignal): Promise<number> {
  const deadline = performance.now() + SERVED_MS;
  for (;;) {
    try {
      const { apiUrl, token } = await signInAdmin(cloud.engine, target);
      await applicationClient({ baseUrl: apiUrl, token }).listProducts();
      return performance.now();
    } catch (cause) {
      // Until it is deployed and onboarded, every step of this is refused.
      if (performance.now() > deadline)
        throw new BenchError(`"${target.id}" was not served: ${(cause as Error).message}`, { cause });
      await pause(POLL_MS, undefined, { signal });
    }
  }
}
