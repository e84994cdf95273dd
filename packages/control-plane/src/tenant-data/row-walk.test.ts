import fc from 'fast-check';
import { isBefore, walkRows } from './row-walk';
import { someRows, someShards, tableOf } from './rows-for-tests';

it('orders keys as DynamoDB does: by their bytes in UTF-8', () => {
  const text = fc.string({ unit: 'binary', maxLength: 8 });
  fc.assert(
    fc.property(text, text, (one, other) => {
      expect(isBefore(one, other)).toBe(Buffer.compare(Buffer.from(one), Buffer.from(other)) < 0);
    }),
  );
});

it('gives every row once, in order, from wherever it is told to go on', async () => {
  await fc.assert(
    fc.asyncProperty(someRows, someShards, fc.nat(), async (rows, shards, place) => {
      const table = await tableOf('acme', { rows, shards });
      const keys = rows
        .map(({ sk }) => sk?.S as string)
        .sort((one, other) => (isBefore(one, other) ? -1 : 1));
      const at = place % (keys.length + 1);
      const walked: string[] = [];
      for await (const { sortKey } of walkRows(table, at === 0 ? undefined : keys[at - 1]))
        walked.push(sortKey);
      expect(walked).toEqual(keys.slice(at));
    }),
    { numRuns: 60 },
  );
});
