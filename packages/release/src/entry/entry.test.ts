import { describeEntry } from './enter-wave';
import { enter } from './entry';
import { ENTRY_DECISIONS, ENTRY_INPUT } from './entry.decisions';

test.each(ENTRY_DECISIONS)('$name: $entry', ({ at, input, entry, gate, tells }) => {
  const decided = enter({ ...ENTRY_INPUT, ...input, now: new Date(at) });
  expect(decided).toMatchObject({ kind: entry, ...(gate ? { gate } : {}) });
  if (tells) expect(describeEntry(decided)).toContain(tells);
});

test('an entry by an override says whose it was, why, and in spite of what', () => {
  const decision = ENTRY_DECISIONS.find(({ name }) => name === 'an override lifts a freeze');
  const decided = enter({ ...ENTRY_INPUT, ...decision?.input, now: new Date(decision?.at ?? '') });
  expect(describeEntry(decided)).toMatch(/ops@granary\.example\.com \(security fix\).*Easter/);
});
