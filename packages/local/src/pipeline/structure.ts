import { createHash } from 'node:crypto';
import {
  type ActionDeclaration,
  type CodePipelineClient,
  GetPipelineCommand,
  type PipelineDeclaration,
  type RuleDeclaration,
  type StageDeclaration,
} from '@aws-sdk/client-codepipeline';
import { conditionsOf, type StageConditions } from './condition';
import { UnsupportedPipelineError } from './errors';

/** One action of the deployed pipeline, or one rule of a stage's condition. */
export interface PipelineAction {
  readonly name: string;
  readonly category: string;
  readonly provider: string;
  readonly runOrder: number;
  readonly configuration: Readonly<Record<string, string>>;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Variables' namespace, when the action declares one. */
  readonly namespace?: string;
  /** The pipeline's region when the action names none. */
  readonly region: string;
  readonly roleArn?: string;
  /** CodePipeline's own for the provider when it is not named. */
  readonly timeoutMinutes?: number;
}

export interface PipelineStage {
  readonly name: string;
  readonly actions: readonly PipelineAction[];
  readonly conditions: StageConditions;
}

/** What the runner executes: the pipeline as deployed, nothing of its own. */
export interface PipelineStructure {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly roleArn: string;
  readonly stages: readonly PipelineStage[];
  /** Changes when anything of the definition does; two equal digests are the same pipeline. */
  readonly digest: string;
}

/** Where a pipeline lives. */
export interface PipelineAddress {
  readonly name: string;
  readonly account: string;
  readonly region: string;
}

/** Reads the deployed pipeline from the engine. */
export async function readPipeline(
  client: CodePipelineClient,
  address: PipelineAddress,
): Promise<PipelineStructure> {
  const { pipeline } = await client.send(new GetPipelineCommand({ name: address.name }));
  if (!pipeline)
    throw new UnsupportedPipelineError(`pipeline "${address.name}": the engine returned no definition`);
  return parsePipeline(pipeline, address);
}

/**
 * @throws UnsupportedPipelineError for a definition without a role or stages
 */
export function parsePipeline(declaration: PipelineDeclaration, address: PipelineAddress): PipelineStructure {
  const { roleArn, stages } = declaration;
  if (!roleArn || !stages?.length)
    throw new UnsupportedPipelineError(`pipeline "${address.name}": no role or no stages in its definition`);
  // The version counts updates, also those that change nothing.
  const { version: _, ...definition } = declaration;
  return {
    ...address,
    roleArn,
    digest: createHash('sha256').update(stableJson(definition)).digest('hex'),
    stages: stages.map((stage) => parseStage(stage, address.region)),
  };
}

function parseStage(stage: StageDeclaration, region: string): PipelineStage {
  return {
    name: stage.name ?? '',
    actions: (stage.actions ?? []).map((action) => ({
      ...parseAction(action, action.actionTypeId, region),
      runOrder: action.runOrder ?? 1,
      outputs: (action.outputArtifacts ?? []).map((artifact) => artifact.name ?? ''),
      ...(action.namespace ? { namespace: action.namespace } : {}),
    })),
    conditions: conditionsOf(stage, (rule) => parseAction(rule, rule.ruleTypeId, region)),
  };
}

/** What actions and rules have in common. */
function parseAction(
  declared: ActionDeclaration | RuleDeclaration,
  type: { readonly category?: string | undefined; readonly provider?: string | undefined } | undefined,
  region: string,
): PipelineAction {
  return {
    name: declared.name ?? '',
    category: type?.category ?? '',
    provider: type?.provider ?? '',
    runOrder: 1,
    configuration: declared.configuration ?? {},
    inputs: (declared.inputArtifacts ?? []).map((artifact) => artifact.name ?? ''),
    outputs: [],
    region: declared.region ?? region,
    ...(declared.roleArn ? { roleArn: declared.roleArn } : {}),
    ...(declared.timeoutInMinutes ? { timeoutMinutes: declared.timeoutInMinutes } : {}),
  };
}

/** A stage's actions in the order of execution: the groups follow each other, a group's actions run together. */
export function actionGroups(stage: PipelineStage): readonly (readonly PipelineAction[])[] {
  const orders = [...new Set(stage.actions.map((action) => action.runOrder))].sort((a, b) => a - b);
  return orders.map((order) => stage.actions.filter((action) => action.runOrder === order));
}

function stableJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(stableJson).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, entry]) => `${JSON.stringify(key)}:${stableJson(entry)}`).join(',')}}`;
}
