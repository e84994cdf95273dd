import { helpText, readArguments, UsageError } from './program';

const measurement = (name: string) => ({ name, summary: `measures ${name}`, run: async () => [] });
const known = [measurement('start'), measurement('cold-start')];

test('a measurement is named, with what becomes of its figures', () => {
  const [start] = known;
  expect(readArguments(['start'], known)).toEqual({
    kind: 'measure',
    measurement: start,
    json: false,
    write: false,
  });
  expect(readArguments(['--write', 'start', '--json'], known)).toMatchObject({ json: true, write: true });
});

test('help is an answer of its own, whatever else is asked', () => {
  expect(readArguments(['start', '--help'], known)).toEqual({ kind: 'help' });
  expect(helpText(known, 'docs/benchmarks.md')).toContain('  start       measures start');
});

test.each([
  [[], 'name one measurement: start, cold-start'],
  [['start', 'cold-start'], 'name one measurement: start, cold-start'],
  [['stop'], '"stop" is no measurement; there are start, cold-start'],
  [['start', '--fast'], "Unknown option '--fast'"],
])('%j is not understood: %s', (args, message) => {
  expect(() => readArguments(args, known)).toThrow(UsageError);
  expect(() => readArguments(args, known)).toThrow(message);
});
