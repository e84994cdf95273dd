import { type Attempt, type Finding, make } from '../attempt';
import { TENANT_CANARIES } from '../field/canary';
import type { Field } from '../field/field';

/** One defence switched off, and what the suite must then say. */
export interface Mutation {
  readonly defence: string;
  /** What is done to it. */
  readonly off: string;
  /** `holds`: another defence stands behind it, or nothing was switched off. */
  readonly expected: 'leaks' | 'holds';
  /** Runs the part of the suite that attacks the defence, while it is off. */
  readonly run: (
    field: Field,
    make: (attempts: readonly Attempt[]) => Promise<Finding[]>,
  ) => Promise<Finding[]>;
}

/** What came of a mutation. */
export interface MutationResult extends Pick<Mutation, 'defence' | 'off' | 'expected'> {
  readonly attempts: number;
  readonly leaked: number;
  /** Whether the suite said what it must, and its controls were served. */
  readonly ok: boolean;
}

/** Switches off one defence after the other. */
export async function checkMutations(
  field: Field,
  mutations: readonly Mutation[],
): Promise<MutationResult[]> {
  const results: MutationResult[] = [];
  for (const { defence, off, expected, run } of mutations) {
    const findings = await run(field, (attempts) => make(attempts, TENANT_CANARIES));
    const leaked = findings.filter(({ verdict }) => verdict === 'leaked').length;
    const sound = findings.length > 0 && findings.every(({ verdict }) => verdict !== 'unserved');
    const ok = sound && leaked > 0 === (expected === 'leaks');
    results.push({ defence, off, expected, attempts: findings.length, leaked, ok });
  }
  return results;
}

/** The results as a Markdown table. */
export function mutationText(results: readonly MutationResult[]): string {
  const lines = results.map(({ defence, off, expected, attempts, leaked, ok }) =>
    [defence, off, attempts, leaked, `${expected}${ok ? '' : ' (NOT SO)'}`].join(' | '),
  );
  return ['defence | switched off | attempts | leaked | the suite', '--- | --- | --- | --- | ---', ...lines]
    .map((line) => `| ${line} |`)
    .join('\n');
}
