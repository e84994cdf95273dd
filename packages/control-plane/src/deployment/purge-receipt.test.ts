import { MemoryControlTable } from '../rehearsal/memory-control-table';
import { parseDeploymentPayload } from './deployment-payload';
import { checkPurge, purgeReceiptCodec } from './purge-receipt';

test('a tenant whose data is still there has no receipt', async () => {
  await expect(checkPurge('acme', new MemoryControlTable())).resolves.toEqual({ deploymentId: 'acme' });
});

test('the receipt of a purge is told to whoever deletes the stack', async () => {
  const table = new MemoryControlTable();
  const receipt = { tenantId: 'acme', receiptId: 'r-1', purgedAt: '2026-01-05T10:00:00.000Z' };
  await table.write([{ type: 'put', item: purgeReceiptCodec.encode(receipt), expect: { kind: 'absent' } }]);
  await expect(checkPurge('acme', table)).resolves.toEqual({
    deploymentId: 'acme',
    receipt: { receiptId: 'r-1', purgedAt: '2026-01-05T10:00:00.000Z' },
  });
  await expect(checkPurge('globex', table)).resolves.toEqual({ deploymentId: 'globex' });
});

test('a question for a receipt names one deployment', () => {
  expect(parseDeploymentPayload({ receipt: 'acme' })).toEqual({ kind: 'receipt', deploymentId: 'acme' });
  expect(() => parseDeploymentPayload({ receipt: '../x' })).toThrow(/receipt/);
});
