import { MemoryReleaseTable } from '../testing/memory-release-table';
import type { Version } from './version';
import { currentVersions, currentVersionsOf, storeVersion } from './versions';

const VERSION: Version = {
  deploymentId: 'acme',
  kind: 'silo',
  account: '222222222222',
  region: 'us-east-1',
  stackName: 'granary-acme',
  release: 'aaaaaaaa',
  templateDigest: 'd'.repeat(64),
  parameters: {},
  wave: 'canary',
  runId: 'run-1',
  mode: 'distributed',
  deployedAt: '2026-03-02T12:00:00.000Z',
  result: 'succeeded',
  outputs: { alarmNames: [] },
};

let table: MemoryReleaseTable;
beforeEach(() => {
  table = new MemoryReleaseTable();
});

function idOf(index: number): string {
  return `t-${String(index).padStart(5, '0')}`;
}

async function store(count: number): Promise<readonly string[]> {
  const ids = Array.from({ length: count }, (_, index) => idOf(index));
  for (const deploymentId of ids) await storeVersion(table, { ...VERSION, deploymentId }, true);
  return ids;
}

test.each([
  [60, 0],
  [1001, 1],
])(
  'of %d deployments only those that are asked for are read, with %d walks over the list',
  async (count, walks) => {
    const stored = await store(count + 1);
    let lists = 0;
    const counting = {
      get: (key: Parameters<typeof table.get>[0]) => table.get(key),
      list: (query: Parameters<typeof table.list>[0]) => {
        lists += query.after === undefined ? 1 : 0;
        return table.list(query);
      },
    };
    const asked = [...stored.slice(0, count), 'unknown'];
    const found = await currentVersionsOf(counting, asked);
    expect(found.map(({ deploymentId }) => deploymentId)).toEqual(stored.slice(0, count));
    expect(lists).toBe(walks);
  },
);

test('the current version is the last that a stack holds, whatever was stored later', async () => {
  await storeVersion(table, VERSION, true);
  const failed = { ...VERSION, release: 'bbbbbbbb', deployedAt: '2026-03-03T12:00:00.000Z' };
  await storeVersion(table, { ...failed, result: 'failed' }, false);
  await storeVersion(
    table,
    { ...VERSION, release: '99999999', deployedAt: '2026-03-01T12:00:00.000Z' },
    true,
  );
  await expect(currentVersions(table)).resolves.toEqual([VERSION]);
});
