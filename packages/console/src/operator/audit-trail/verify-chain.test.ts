import type { AuditVerification } from '@granary/api';
import { verifyChain } from './verify-chain';

const piece = (verdict: AuditVerification['verdict'], sequence: number, anchors = 1): AuditVerification => ({
  verdict,
  head: { sequence, hash: 'h' },
  anchors,
});

test('a long chain is walked piece by piece, and its kept heads are counted', async () => {
  const asked: number[] = [];
  const seen: number[] = [];
  const pieces = [piece('unfinished', 500), piece('unfinished', 1000, 2), piece('intact', 1200)];
  const found = await verifyChain(
    async (after) => {
      asked.push(after);
      return pieces.shift() as AuditVerification;
    },
    (line) => seen.push(line),
  );
  expect(found).toMatchObject({ verdict: 'intact', anchors: 4, head: { sequence: 1200 } });
  expect(asked).toEqual([0, 500, 1000]);
  expect(seen).toEqual([500, 1000]);
});

test('a walk that does not get on is given up', async () => {
  const stuck = verifyChain(
    async () => piece('unfinished', 0),
    () => undefined,
  );
  await expect(stuck).rejects.toThrow('stays at line 0');
});
