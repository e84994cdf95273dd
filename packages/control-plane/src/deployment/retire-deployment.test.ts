import { Rehearsal, registrationOf, SILO } from '../rehearsal/rehearsal';
import { DeploymentConflictError } from './deployment-error';
import { parseDeploymentPayload } from './deployment-payload';
import { DEPLOYMENT_LISTING, readDeployment } from './deployment-record';
import { registerDeployment } from './deployment-registry';
import { storePurgeReceipt } from './purge-receipt';
import { retireDeployment } from './retire-deployment';

const LATER = '2026-06-01T00:00:00.000Z';
const GONE = { deploymentId: 'acme', deletedAt: LATER };

/** A silo and a pool, and what is listed of them. */
async function open({ purged = true } = {}) {
  const stage = new Rehearsal();
  const { table } = stage;
  await registerDeployment(registrationOf(), stage.dependencies);
  await registerDeployment(SILO, stage.dependencies);
  if (purged) await table.write([storePurgeReceipt({ tenantId: 'acme', receiptId: 'r-1', purgedAt: LATER })]);
  const listed = async () =>
    (await table.list({ list: DEPLOYMENT_LISTING.list, limit: 10 })).items.map((item) => item.deploymentId);
  return { stage, table, listed };
}

test('a silo whose stack is deleted behind its receipt is listed no more; its history and a line of the audit log stay', async () => {
  const { table, listed } = await open();
  expect(await listed()).toEqual(['pool-us', 'acme']);
  expect(await retireDeployment(GONE, table)).toEqual({ deploymentId: 'acme', retired: true });
  expect(await listed()).toEqual(['pool-us']);
  const left = table.all();
  expect(left.filter(({ pk }) => pk === 'DEPLOYMENT#acme')).toMatchObject([{ release: SILO.release }]);
  const lines = left.flatMap(({ entry }) => (entry ? [entry as object] : []));
  expect(lines).toContainEqual(
    expect.objectContaining({ action: 'deployment.retire', tenantId: 'acme', reason: 'purge receipt r-1' }),
  );
  // Told once more, it is as it was.
  expect(await retireDeployment(GONE, table)).toEqual({ deploymentId: 'acme', retired: true });
  expect(table.all()).toEqual(left);
});

test('one whose data was not purged stays listed, and so does a pool', async () => {
  const { table, listed } = await open({ purged: false });
  await expect(retireDeployment(GONE, table)).rejects.toThrow(DeploymentConflictError);
  await expect(retireDeployment({ ...GONE, deploymentId: 'pool-us' }, table)).rejects.toThrow('is a pool');
  expect(await listed()).toEqual(['pool-us', 'acme']);
});

test('a stack that was registered by the same id since then stays', async () => {
  const { table } = await open();
  const before = { ...GONE, deletedAt: '2025-12-31T00:00:00.000Z' };
  expect(await retireDeployment(before, table)).toEqual({ deploymentId: 'acme', retired: false });
  expect(await readDeployment(table, 'acme')).toBeDefined();
});

test('what retires a deployment says which, and when its stack was gone', () => {
  const payload = { retire: 'acme', deletedAt: LATER };
  expect(parseDeploymentPayload(payload)).toEqual({ kind: 'retire', deploymentId: 'acme', deletedAt: LATER });
  expect(() => parseDeploymentPayload({ retire: 'acme', deletedAt: 'once' })).toThrow(/deletedAt/);
});
