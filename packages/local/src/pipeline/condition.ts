import type { Condition, RuleDeclaration, StageDeclaration } from '@aws-sdk/client-codepipeline';
import { UnsupportedPipelineError } from './errors';
import type { PipelineAction } from './structure';

/** When a condition is checked: before the stage's actions, after they succeeded, or after one failed. */
export type ConditionKind = 'BeforeEntry' | 'OnSuccess' | 'OnFailure';

/** What follows when a rule of a condition does not hold. */
export type ConditionResult = 'FAIL' | 'ROLLBACK' | 'SKIP' | 'RETRY';

/** Rules that must all hold, and what happens when one does not. */
export interface StageCondition {
  readonly result: ConditionResult;
  readonly rules: readonly PipelineAction[];
}

export interface StageConditions {
  readonly BeforeEntry: readonly StageCondition[];
  readonly OnSuccess: readonly StageCondition[];
  readonly OnFailure: readonly StageCondition[];
  /** What follows a failure without any rule. */
  readonly failureResult?: 'ROLLBACK' | 'RETRY' | 'FAIL';
  /** What a retry runs again. */
  readonly retryMode: RetryMode;
}

/** Of a failed stage: what failed and what had not started, or all of it. */
export type RetryMode = 'FAILED_ACTIONS' | 'ALL_ACTIONS';

export const NO_CONDITIONS: StageConditions = {
  BeforeEntry: [],
  OnSuccess: [],
  OnFailure: [],
  retryMode: 'FAILED_ACTIONS',
};

/** What CodePipeline accepts as a condition's result. */
const RESULTS: Readonly<Record<ConditionKind, readonly ConditionResult[]>> = {
  BeforeEntry: ['FAIL', 'SKIP'],
  OnSuccess: ['ROLLBACK', 'FAIL'],
  OnFailure: ['ROLLBACK'],
};
/** A stage is skipped by rules that answer at once. */
const SKIPPING = ['LambdaInvoke', 'VariableCheck'];

/**
 * A stage's conditions.
 *
 * @throws UnsupportedPipelineError for a result that CodePipeline does not have for that kind of condition
 */
export function conditionsOf(
  stage: StageDeclaration,
  parseRule: (rule: RuleDeclaration) => PipelineAction,
): StageConditions {
  const read = (kind: ConditionKind, conditions: readonly Condition[] = []): StageCondition[] =>
    conditions.map(({ result, rules = [] }) => {
      const parsed = rules.map(parseRule);
      check(`stage "${stage.name}", ${kind}`, kind, result, parsed);
      return { result, rules: parsed };
    });
  const { result, retryConfiguration } = stage.onFailure ?? {};
  return {
    BeforeEntry: read('BeforeEntry', stage.beforeEntry?.conditions),
    OnSuccess: read('OnSuccess', stage.onSuccess?.conditions),
    OnFailure: read('OnFailure', stage.onFailure?.conditions),
    ...(result && result !== 'SKIP' ? { failureResult: result } : {}),
    retryMode: retryConfiguration?.retryMode ?? 'FAILED_ACTIONS',
  };
}

function check(
  where: string,
  kind: ConditionKind,
  result: ConditionResult | undefined,
  rules: readonly PipelineAction[],
): asserts result is ConditionResult {
  if (!result || !RESULTS[kind].includes(result))
    throw new UnsupportedPipelineError(
      `${where}: result "${result}" is none that CodePipeline has here; use ${RESULTS[kind].join(' or ')}`,
    );
  const slow = result === 'SKIP' ? rules.find((rule) => !SKIPPING.includes(rule.provider)) : undefined;
  if (slow)
    throw new UnsupportedPipelineError(
      `${where}: rule "${slow.name}" (${slow.provider}) cannot skip a stage; CodePipeline takes ${SKIPPING.join(' or ')}`,
    );
}

/** All rules of a stage. */
export function rulesOf(stage: { readonly conditions: StageConditions }): readonly PipelineAction[] {
  const { BeforeEntry, OnSuccess, OnFailure } = stage.conditions;
  return [...BeforeEntry, ...OnSuccess, ...OnFailure].flatMap(({ rules }) => rules);
}
