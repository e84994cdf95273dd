import { createHash } from 'node:crypto';
import {
  type CodePipelineClient,
  GetPipelineCommand,
  type PipelineDeclaration,
} from '@aws-sdk/client-codepipeline';
import { UnsupportedPipelineError } from './errors';

/** One action of the deployed pipeline. */
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
}

export interface PipelineStage {
  readonly name: string;
  readonly actions: readonly PipelineAction[];
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
    stages: stages.map((stage) => ({
      name: stage.name ?? '',
      actions: (stage.actions ?? []).map((action) => ({
        name: action.name ?? '',
        category: action.actionTypeId?.category ?? '',
        provider: action.actionTypeId?.provider ?? '',
        runOrder: action.runOrder ?? 1,
        configuration: action.configuration ?? {},
        inputs: (action.inputArtifacts ?? []).map((artifact) => artifact.name ?? ''),
        outputs: (action.outputArtifacts ?? []).map((artifact) => artifact.name ?? ''),
        region: action.region ?? address.region,
        ...(action.namespace ? { namespace: action.namespace } : {}),
        ...(action.roleArn ? { roleArn: action.roleArn } : {}),
      })),
    })),
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
