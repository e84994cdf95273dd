import {
  cloudFormationStacks,
  cognitoUsers,
  ensureOperator,
  enterAsOperator,
  failingReads,
  findControlPlane,
  type Operator,
  PATIENCE,
  randomPassword,
  reachableUrl,
  signUpTenant,
} from '@granary/cli';
import { allItems, applicationClient } from '@granary/client';
import type { LocalCloud } from '@granary/local';
import { BenchError } from '../bench-error';
import type { CloudUnderTest } from '../cloud-under-test';
import { FailureWatch, type Seen } from '../failure-watch';
import type { Section } from '../figure';
import { commandOf, type Measurement, type MeasurementContext, onCloud } from './measurement';

const TENANT = { tenantId: 'bench-buyer', name: 'Bench', tier: 'basic', adminEmail: 'a@bench.example.com' };

export const badReleaseMeasurement: Measurement = {
  name: 'bad-release',
  summary:
    'a release that fails every read: tenants reached, seconds from the first bad answer to the rollback',
  run: (context) => onCloud(context, async (cloud) => [await measureBadRelease(cloud, context)]),
};

async function measureBadRelease(
  cloud: CloudUnderTest,
  { say, signal }: Pick<MeasurementContext, 'say' | 'signal'>,
): Promise<Section> {
  const running = await cloud.up();
  const manifest = await cloud.clone.manifest();
  const { engine } = running;
  const controlPlane = await findControlPlane(cloudFormationStacks(engine), manifest, engine.endpoint);
  if (!controlPlane) throw new BenchError('the release deployed no control plane');
  const users = cognitoUsers(engine);
  const operator = await enterAsOperator(users, controlPlane, await ensureOperator(users, controlPlane));
  const watch = new FailureWatch(await reader(running, operator), signal);
  await cloud.clone.edit(failingReads.file, (text) => failingReads.change(text, manifest));
  const commit = await cloud.clone.commit(failingReads.subject);
  say('pushing a release that fails every read of a product');
  const { released } = await cloud.push();
  // That it fails is what it is for: the release engine says how.
  await released.catch(() => undefined);
  const seen = await watch.stop();
  const { items } = await operator.api.listReleases({ query: { limit: 5 } });
  const run = items.find(({ release }) => release === commit);
  if (!run?.halt) throw new BenchError('no gate halted the release');
  const detail = await operator.api.getRelease({ params: { runId: run.runId } });
  return section(seen, detail, await reach(operator, detail, commit));
}

/** A user of a pooled tenant that reads a product of its own. */
async function reader({ engine }: LocalCloud, { api }: Operator): Promise<() => Promise<unknown>> {
  await signUpTenant(api, TENANT, PATIENCE);
  const { tenantId, adminEmail } = TENANT;
  const { deploymentId } = await api.getTenant({ params: { tenantId } });
  const pool = (await allItems(api.listDeployments)).find((each) => each.deploymentId === deploymentId);
  if (!pool) throw new BenchError(`"${deploymentId}" is not registered`);
  const users = cognitoUsers(engine);
  const credentials = { userName: adminEmail, password: randomPassword() };
  await users.setPassword(pool, credentials);
  const token = await users.signIn(pool, credentials);
  const client = applicationClient({
    baseUrl: reachableUrl(pool.apiUrl, engine.endpoint),
    token,
    retry: null,
  });
  const { productId } = await client.createProduct({
    body: { sku: 'b-1', name: 'Bench', price: 1, category: 'grain' },
  });
  return () => client.getProduct({ params: { productId } });
}

type ReleaseDetail = Awaited<ReturnType<Operator['api']['getRelease']>>;

interface Reach {
  readonly reached: number;
  readonly all: number;
}

/** Tenants whose deployment ever held the release. */
async function reach({ api }: Operator, { waves }: ReleaseDetail, commit: string): Promise<Reach> {
  const ids = waves.flatMap(({ deployments }) => deployments.map(({ deploymentId }) => deploymentId));
  const held = await Promise.all(
    ids.map(async (deploymentId) => {
      const { items } = await api.listVersions({ params: { deploymentId } });
      return items.some(({ release }) => release === commit) ? deploymentId : undefined;
    }),
  );
  const tenants = await allItems(api.listTenants);
  const reached = tenants.filter(({ deploymentId }) => held.includes(deploymentId));
  return { reached: reached.length, all: tenants.length };
}

function section(seen: Seen, { halt, waves }: ReleaseDetail, { reached, all }: Reach): Section {
  const backAt = waves.find(({ name }) => name === halt?.wave)?.endedAt;
  if (seen.firstFailedAt === undefined || backAt === undefined || !halt)
    throw new BenchError('nobody met the fault, or nothing was rolled back');
  const since = (at: number) => (at - (seen.firstFailedAt ?? at)) / 1000;
  const note = `${seen.failed} of ${seen.requests} requests of one user, ten a second at most`;
  return {
    title: 'Bad release',
    command: commandOf('bad-release'),
    figures: [
      {
        what: 'tenants reached',
        value: reached,
        unit: 'tenants',
        note: `of ${all}; halted in wave "${halt.wave}"`,
      },
      {
        what: 'first bad answer to the halt',
        value: since(Date.parse(halt.at)),
        unit: 's',
        note: `gate "${halt.gate}": ${halt.reason}`,
      },
      { what: 'first bad answer to the end of the rollback', value: since(Date.parse(backAt)), unit: 's' },
      { what: 'first bad answer to the last', value: since(seen.lastFailedAt ?? 0), unit: 's', note },
    ],
  };
}
