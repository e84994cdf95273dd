import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FAULTS } from './faults';

const ROOT = join(__dirname, '..', '..', '..', '..', '..');

test.each(FAULTS.map((fault) => [fault.name, fault] as const))(
  'the fault "%s" finds its place in the project',
  async (_, { file, change }) => {
    const text = await readFile(join(ROOT, file), 'utf8');
    expect(change(text)).not.toBe(text);
  },
);

test('a fault leaves a file in which it finds no place as it is', () => {
  for (const { change } of FAULTS) expect(change('another file\n')).toBe('another file\n');
});

test('every fault has a name of its own and a gate that must meet it', () => {
  expect(new Set(FAULTS.map(({ name }) => name)).size).toBe(FAULTS.length);
  for (const { gates } of FAULTS) expect(gates.length).toBeGreaterThan(0);
});
