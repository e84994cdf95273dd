import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BatchGetProjectsCommand, CodeBuildClient, type Project } from '@aws-sdk/client-codebuild';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { EngineCredentials } from '../../engine/engine-client';
import type { ActionContext, ActionProvider, ActionResult } from '../action';
import { actionCredentials, actionTitle } from '../action';
import { buildEnvironment, type DeclaredVariable, declaredVariables } from '../build-environment';
import type { BuildImage } from '../build-image';
import { type Buildspec, parseBuildspec } from '../buildspec';
import { UnsupportedPipelineError } from '../errors';
import { Semaphore } from '../semaphore';
import { runShellBuild } from '../shell-build';

export interface CodeBuildOptions {
  readonly image: BuildImage;
  /** Builds that run at once. @default the machine's cores, at least 2 */
  readonly parallelBuilds: number;
  /** The source checkout: a build works in it directly, one at a time, to keep what it installs. */
  readonly workspace: string;
}

/** Runs a CodeBuild project's commands on this machine, as the project's role. */
export class CodeBuildProvider implements ActionProvider {
  private readonly places: Semaphore;
  private readonly workspace = new Semaphore(1);

  constructor(private readonly options: CodeBuildOptions) {
    this.places = new Semaphore(options.parallelBuilds);
  }

  async execute(context: ActionContext): Promise<ActionResult> {
    const build = () => this.places.run(() => this.build(context));
    const primary = this.primaryInput(context);
    const inWorkspace = context.artifacts.folder(primary) === this.options.workspace;
    return inWorkspace ? this.workspace.run(build) : build();
  }

  private primaryInput(context: ActionContext): string {
    const primary = context.configuration.PrimarySource ?? context.action.inputs[0];
    if (primary && context.action.inputs.includes(primary)) return primary;
    throw new UnsupportedPipelineError(`${actionTitle(context)}: a build needs an input artifact`);
  }

  private async build(context: ActionContext): Promise<ActionResult> {
    const { action, scratch, log, signal } = context;
    const project = await readProject(context);
    // The action's role starts the build; that it can be assumed is checked, as AWS would.
    await actionCredentials(context);
    const role = project.serviceRole ?? '';
    const credentials = await context.sessions.ofService('codebuild.amazonaws.com', role);
    const sources = await this.sources(context);
    const spec = await readBuildspec(project, sources.primary, actionTitle(context));
    const declared = declaredVariables(project, context);
    const buildBin = join(scratch, 'bin');
    await mkdir(buildBin, { recursive: true });
    const environment = buildEnvironment(context, {
      project,
      credentials,
      buildBin,
      path: this.options.image.path(buildBin),
      sourceFolder: sources.primary,
      moreSources: sources.more,
      variables: { ...spec.variables, ...(await readValues(declared, context, credentials)) },
    });
    const exported = await runShellBuild({
      phases: spec.phases,
      folder: sources.primary,
      environment,
      scratch: join(scratch, 'phases'),
      log,
      signal,
      timeoutMs: (project.timeoutInMinutes ?? 60) * 60_000,
      exportedVariables: spec.exportedVariables,
    });
    await keepArtifacts(context, spec, sources.primary);
    const made = action.outputs.length > 0 ? { summary: action.outputs.join(', ') } : {};
    return { variables: exported, ...made };
  }

  /** Folders of the inputs: copies, except the workspace. */
  private async sources(context: ActionContext): Promise<{ primary: string; more: Record<string, string> }> {
    const primary = this.primaryInput(context);
    const folders = await Promise.all(
      context.action.inputs.map(async (name): Promise<[string, string]> => {
        const folder = context.artifacts.folder(name);
        if (folder === this.options.workspace) return [name, folder];
        const copy = join(context.scratch, 'src', name);
        await context.artifacts.copyOf(name, copy);
        return [name, copy];
      }),
    );
    const all = Object.fromEntries(folders);
    const { [primary]: chosen = '', ...more } = all;
    return { primary: chosen, more };
  }
}

async function readProject(context: ActionContext): Promise<Project> {
  const { action, pipeline, cloud, configuration } = context;
  const client = new CodeBuildClient(cloud.clientConfig(pipeline.account, action.region));
  try {
    const name = configuration.ProjectName ?? '';
    const { projects } = await client.send(new BatchGetProjectsCommand({ names: [name] }));
    const project = projects?.[0];
    if (project) return project;
    throw new UnsupportedPipelineError(
      `${actionTitle(context)}: project "${name}" does not exist in ${pipeline.account}/${action.region}`,
    );
  } finally {
    client.destroy();
  }
}

async function readBuildspec(project: Project, source: string, where: string): Promise<Buildspec> {
  const declared = project.source?.buildspec?.trim() || 'buildspec.yml';
  const inline = declared.includes('\n') || declared.startsWith('{');
  const file = join(source, declared);
  const text = inline
    ? declared
    : await readFile(file, 'utf8').catch((cause) => {
        throw new UnsupportedPipelineError(`${where}: buildspec file "${declared}" is not in the source`, {
          cause,
        });
      });
  return parseBuildspec(text, where);
}

async function readValues(
  variables: readonly DeclaredVariable[],
  context: ActionContext,
  credentials: EngineCredentials,
): Promise<Record<string, string>> {
  const values: Record<string, string> = {};
  for (const variable of variables) {
    if (variable.type === 'PLAINTEXT') values[variable.name] = variable.value;
    else if (variable.type === 'PARAMETER_STORE')
      values[variable.name] = await readParameter(variable.value, context, credentials);
    else
      throw new UnsupportedPipelineError(
        `${actionTitle(context)}: variable "${variable.name}" is of type ${variable.type}; ` +
          'the local runner reads PLAINTEXT and PARAMETER_STORE',
      );
  }
  return values;
}

async function readParameter(
  name: string,
  context: ActionContext,
  credentials: EngineCredentials,
): Promise<string> {
  const settings = { endpoint: context.cloud.endpoint, region: context.action.region, credentials };
  const client = new SSMClient(settings);
  try {
    const { Parameter } = await client.send(new GetParameterCommand({ Name: name, WithDecryption: true }));
    return Parameter?.Value ?? '';
  } finally {
    client.destroy();
  }
}

/** CodeBuild's rule: one output takes the primary artifact unless a secondary one carries its name. */
async function keepArtifacts(context: ActionContext, spec: Buildspec, folder: string): Promise<void> {
  for (const name of context.action.outputs) {
    const selection =
      spec.secondary[name] ?? (context.action.outputs.length === 1 ? spec.primary : undefined);
    if (!selection)
      throw new UnsupportedPipelineError(
        `${actionTitle(context)}: the buildspec selects no files for output artifact "${name}"`,
      );
    await context.artifacts.keep(name, folder, selection);
  }
}
