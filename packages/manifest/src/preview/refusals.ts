import type { ReleasePreview } from './plan-release';

/** Why a push would be refused, and what to do instead. */
export interface Refusal {
  readonly kind: 'quota' | 'replacement' | 'application';
  readonly message: string;
  readonly advice: string;
}

type Judged = Pick<ReleasePreview, 'quotas' | 'replacements' | 'diff'>;

export function previewRefusals({ quotas, replacements, diff }: Judged): readonly Refusal[] {
  return [
    ...quotas
      .filter(({ verdict, raisable }) => verdict === 'broken' && !raisable)
      .map(
        ({ id, title, used, limit, where }): Refusal => ({
          kind: 'quota',
          message: `${title} (${where}): ${used} of ${limit}, which AWS does not raise`,
          advice: QUOTA_ADVICE[id] ?? 'add a cell in another account or region, and move tenants to it',
        }),
      ),
    ...replacements
      .filter(({ confirmed }) => !confirmed)
      .map(
        ({ resource, type, kind, properties, stacks }): Refusal => ({
          kind: 'replacement',
          message: `${resource} (${type}) ${
            kind === 'gone' ? 'leaves its stack' : `is replaced, for its ${properties.join(', ')}`
          }, with all that it holds, in ${someOf(stacks)}`,
          advice: `keep it as it is; if that is meant, list it in rollout.confirmedReplacements: { "resource": "${resource}", "reason": ... }`,
        }),
      ),
    ...diff.settings
      .filter(
        ({ path, before, after }) => path[0] === 'application' && before !== undefined && after !== undefined,
      )
      .map(
        ({ before, after }): Refusal => ({
          kind: 'application',
          message: `the application is called "${String(after)}" and was released as "${String(before)}": every stack would be made anew, empty, beside the old one`,
          advice: `write "${String(before)}"`,
        }),
      ),
  ];
}

const PIPELINE_ADVICE = 'set rollout.engine to "distributed", or to "auto"';
const POLICY_ADVICE = 'name the AWS organization in toolchain.organization: then no account is named';
const QUOTA_ADVICE: Readonly<Record<string, string>> = {
  'pipeline-stages': PIPELINE_ADVICE,
  'stage-actions': PIPELINE_ADVICE,
  'pipeline-actions': PIPELINE_ADVICE,
  'template-bytes': PIPELINE_ADVICE,
  'bucket-policy': `${POLICY_ADVICE}; pipeline mode still names each: set rollout.engine to "distributed" as well`,
  'key-policy': `${POLICY_ADVICE}; pipeline mode still names each: set rollout.engine to "distributed" as well`,
  'map-children': "lower the wave's parallelism, or split it in two",
};

/** The first few, and how many more. */
export function someOf(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(', ');
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}
