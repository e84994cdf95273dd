import type { ActionProvider } from './action';
import { rulesOf } from './condition';
import { UnsupportedPipelineError } from './errors';
import type { Jobs } from './jobs';
import { AlarmRule } from './providers/alarm-rule';
import { type ApprovalGate, ApprovalProvider } from './providers/approval';
import { CloudFormationProvider } from './providers/cloudformation';
import { type CodeBuildOptions, CodeBuildProvider } from './providers/codebuild';
import { LambdaProvider } from './providers/lambda';
import { type SourceOptions, SourceProvider } from './providers/source';
import { StepFunctionsProvider } from './providers/step-functions';
import { WindowRule } from './providers/window-rule';
import type { PipelineStructure } from './structure';

/** `Category/Provider` -> executor, for actions and for the rules of conditions (category `Rule`). */
export type Providers = ReadonlyMap<string, ActionProvider>;

export interface ProviderOptions {
  readonly source: SourceOptions;
  readonly build: CodeBuildOptions;
  readonly approvals: ApprovalGate;
  readonly jobs: Jobs;
  /** Milliseconds of a minute that a rule watches an alarm. */
  readonly minuteMs: number;
}

/** What the local runner executes. */
export function defaultProviders(options: ProviderOptions): Providers {
  const source = new SourceProvider(options.source);
  const build = new CodeBuildProvider(options.build);
  const lambda = new LambdaProvider(options.jobs);
  return new Map<string, ActionProvider>([
    ['Source/CodeCommit', source],
    ['Source/CodeStarSourceConnection', source],
    ['Build/CodeBuild', build],
    ['Test/CodeBuild', build],
    ['Deploy/CloudFormation', new CloudFormationProvider()],
    ['Invoke/Lambda', lambda],
    ['Invoke/StepFunctions', new StepFunctionsProvider()],
    ['Approval/Manual', new ApprovalProvider(options.approvals)],
    ['Rule/CloudWatchAlarm', new AlarmRule(options.minuteMs)],
    ['Rule/DeploymentWindow', new WindowRule()],
    ['Rule/LambdaInvoke', lambda],
  ]);
}

/**
 * Refuses a pipeline before its first action runs, not halfway through the waves.
 *
 * @throws UnsupportedPipelineError that lists every action without an executor
 */
export function checkProviders(pipeline: PipelineStructure, providers: Providers): void {
  const unknown = pipeline.stages.flatMap((stage) =>
    [...stage.actions, ...rulesOf(stage)]
      .filter((action) => !providers.has(`${action.category}/${action.provider}`))
      .map((action) => `"${stage.name}.${action.name}" (${action.category}/${action.provider})`),
  );
  if (unknown.length === 0) return;
  throw new UnsupportedPipelineError(
    `pipeline "${pipeline.name}": the local runner has no provider for ${unknown.join(', ')}; ` +
      `it executes ${[...providers.keys()].join(', ')}`,
  );
}
