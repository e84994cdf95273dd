import type { ActionProvider } from './action';
import { UnsupportedPipelineError } from './errors';
import { type ApprovalGate, ApprovalProvider } from './providers/approval';
import { CloudFormationProvider } from './providers/cloudformation';
import { type CodeBuildOptions, CodeBuildProvider } from './providers/codebuild';
import { type SourceOptions, SourceProvider } from './providers/source';
import { StepFunctionsProvider } from './providers/step-functions';
import type { PipelineStructure } from './structure';

/** `Category/Provider` -> executor. */
export type Providers = ReadonlyMap<string, ActionProvider>;

export interface ProviderOptions {
  readonly source: SourceOptions;
  readonly build: CodeBuildOptions;
  readonly approvals: ApprovalGate;
}

/** What the local runner executes. */
export function defaultProviders(options: ProviderOptions): Providers {
  const source = new SourceProvider(options.source);
  const build = new CodeBuildProvider(options.build);
  return new Map<string, ActionProvider>([
    ['Source/CodeCommit', source],
    ['Source/CodeStarSourceConnection', source],
    ['Build/CodeBuild', build],
    ['Test/CodeBuild', build],
    ['Deploy/CloudFormation', new CloudFormationProvider()],
    ['Invoke/StepFunctions', new StepFunctionsProvider()],
    ['Approval/Manual', new ApprovalProvider(options.approvals)],
  ]);
}

/**
 * Refuses a pipeline before its first action runs, not halfway through the waves.
 *
 * @throws UnsupportedPipelineError that lists every action without an executor
 */
export function checkProviders(pipeline: PipelineStructure, providers: Providers): void {
  const unknown = pipeline.stages.flatMap((stage) =>
    stage.actions
      .filter((action) => !providers.has(`${action.category}/${action.provider}`))
      .map((action) => `"${stage.name}.${action.name}" (${action.category}/${action.provider})`),
  );
  if (unknown.length === 0) return;
  throw new UnsupportedPipelineError(
    `pipeline "${pipeline.name}": the local runner has no provider for ${unknown.join(', ')}; ` +
      `it executes ${[...providers.keys()].join(', ')}`,
  );
}
