import type { AttackCloud } from './attack-cloud';
import { layOut } from './field/field';
import { CODE_MUTATIONS } from './mutations/authorizer-mutations';
import { checkMutations, type MutationResult, mutationText } from './mutations/mutation';
import { POLICY_MUTATIONS } from './mutations/policy-mutations';
import { isSound, type Report, reportRows, reportText, worst } from './report';
import { type SidewaysReport, searchSideways, sidewaysText } from './sideways';
import { attack } from './suite';

export interface RunOptions {
  readonly seed: number;
  readonly requests: number;
  /** Whether each defence is switched off in turn. */
  readonly mutations: boolean;
  readonly onStep: (line: string) => void;
}

/** Suite, mutation check and search, of one run. */
export interface RunResult {
  readonly report: Report & {
    readonly mutations: readonly MutationResult[];
    readonly sideways: SidewaysReport;
  };
  readonly text: string;
  /** Whether nothing leaked, nothing broke, and everything that was to be noticed was. */
  readonly sound: boolean;
}

/** Attacks a running cloud: the suite, then the suite's own check, then a search in all that was written. */
export async function runAttack(
  { cloud, manifest, writtenTo }: Pick<AttackCloud, 'cloud' | 'manifest' | 'writtenTo'>,
  { seed, requests, mutations, onStep }: RunOptions,
): Promise<RunResult> {
  onStep('signing up tenants');
  const field = await layOut(cloud, manifest);
  const startedAt = performance.now();
  const findings = await attack(field, { seed, requests, onStep });
  const seconds = (performance.now() - startedAt) / 1000;
  if (mutations) onStep('switching defences off');
  const results = mutations ? await checkMutations(field, [...POLICY_MUTATIONS, ...CODE_MUTATIONS]) : [];
  onStep('searching what was written');
  const sideways = await searchSideways(field, findings, writtenTo);
  const rows = reportRows(findings);
  const report = { seed, seconds, rows, findings: worst(findings), mutations: results, sideways };
  const parts = [reportText(report), ...(mutations ? [mutationText(results)] : []), sidewaysText(sideways)];
  const sound = isSound(report) && results.every(({ ok }) => ok) && sideways.spills.length === 0;
  return { report, text: parts.join('\n\n'), sound };
}
