import type { Finding } from './attempt';
import { damages } from './field/integrity';
import { isSound, reportRows, reportText, worst } from './report';

const finding = (verdict: Finding['verdict'], place: Finding['answer']['place'] = 'IAM'): Finding => ({
  kind: 'kind',
  name: `a ${verdict} attempt`,
  verdict,
  answer: { ok: false, status: 403, place, text: 'text' },
});

test('attempts are counted by what came of them and by who refused', () => {
  const [row] = reportRows([
    finding('refused'),
    finding('refused', 'gateway'),
    finding('served'),
    finding('leaked'),
  ]);
  expect(row).toMatchObject({
    attempts: 4,
    served: 1,
    leaked: 1,
    faults: 0,
    refused: { IAM: 1, gateway: 1 },
  });
});

test.each(['leaked', 'fault', 'unserved'] as const)('a run with one %s attempt is not sound', (verdict) => {
  expect(isSound({ rows: reportRows([finding('refused'), finding(verdict)]) })).toBe(false);
});

test('a run whose attempts were refused or served is sound, and has nothing to show', () => {
  const findings = [finding('refused'), finding('served')];
  expect(isSound({ rows: reportRows(findings) })).toBe(true);
  expect(worst(findings)).toEqual([]);
});

test('the text names what leaked', () => {
  const findings = [finding('leaked')];
  const text = reportText({ seed: 1, seconds: 2, rows: reportRows(findings), findings: worst(findings) });
  expect(text).toContain('leaked: a leaked attempt');
});

test('a guarded row that was changed, one that is gone and one that is misplaced are damages', () => {
  const before = {
    guarded: new Map([
      ['a 1', 'x'],
      ['a 2', 'x'],
      ['a 3', 'x'],
    ]),
    misplaced: [],
  };
  const after = {
    guarded: new Map([
      ['a 1', 'x'],
      ['a 2', 'y'],
    ]),
    misplaced: ['table pk sk'],
  };
  expect(damages(before, after)).toEqual([
    'a 2 was changed',
    'a 3 was deleted',
    "table pk sk holds what is not its owner's",
  ]);
});
