import type { RehearsalReport } from '../rehearsal/rehearsal-report';
import { openTerminal } from '../terminal';
import { rehearsalLines } from './rehearsal';

const GOOD = 'a'.repeat(40);
const BAD = 'b'.repeat(40);
const REPORT: RehearsalReport = {
  fault: 'failing-reads',
  expected: 'halt',
  does: 'every read of one product answers 500',
  commit: BAD,
  halt: { wave: 'pools', gate: 'canary', reason: '3 of 9 canary requests failed' },
  kept: [
    {
      deploymentId: 'pool-eu',
      wave: 'pools',
      tenants: ['sorrel', 'juniper'],
      before: GOOD,
      reached: true,
      now: GOOD,
      due: GOOD,
    },
    { deploymentId: 'acme', wave: 'canary', tenants: [], before: GOOD, reached: false, now: BAD, due: GOOD },
  ],
  verdict: { ok: false, reasons: ['deployment "acme" runs another release'] },
};

const silent = { write: () => true, isTTY: false } as unknown as NodeJS.WriteStream;
const { palette } = openTerminal({ stdout: silent, stderr: silent, environment: {} });

test('every tenant has a line with what it ran, whether the fault was there, and what it runs', () => {
  expect(rehearsalLines(REPORT, palette).slice(2, 6)).toEqual([
    '  WAVE    TENANT   RUNS ON  BEFORE    REACHED   NOW',
    '  pools   juniper  pool-eu  aaaaaaaa  bbbbbbbb  aaaaaaaa  ok',
    '  pools   sorrel   pool-eu  aaaaaaaa  bbbbbbbb  aaaaaaaa  ok',
    '  canary  -        acme     aaaaaaaa  no        bbbbbbbb  WRONG',
  ]);
});

test('below stand the gate that halted the release with its reason, and what went wrong', () => {
  expect(rehearsalLines(REPORT, palette).slice(6)).toEqual([
    '  bbbbbbbb was halted in wave "pools" by gate "canary": 3 of 9 canary requests failed',
    '  deployment "acme" runs another release',
  ]);
});

test('a release that nothing halted is told as such', () => {
  const { halt: _, ...passed } = REPORT;
  expect(rehearsalLines(passed, palette)).toContain('  bbbbbbbb was halted by no gate');
});
