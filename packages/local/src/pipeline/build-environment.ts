import { join } from 'node:path';
import type { Project } from '@aws-sdk/client-codebuild';
import { z } from 'zod';
import type { EngineCredentials } from '../engine/engine-client';
import type { ActionContext } from './action';
import { actionTitle } from './action';
import { reachableApiUrls } from './api-url';
import type { CloudAccess } from './cloud-access';
import { UnsupportedPipelineError } from './errors';
import { resolveVariables } from './variables';

/** A build's declared variable: CodeBuild's types. */
export interface DeclaredVariable {
  readonly name: string;
  readonly type: string;
  readonly value: string;
}

/** What a build may see of the daemon's environment: how to reach the network, where to keep caches. */
const INHERITED =
  /^(HOME|LANG|LC_[A-Z]+|TZ|TMPDIR|TERM|USER|LOGNAME|SHELL|(HTTPS?|NO|ALL)_PROXY|(https?|no|all)_proxy|NODE_EXTRA_CA_CERTS|SSL_CERT_(FILE|DIR)|npm_config_(registry|cache|store_dir|cafile)|PNPM_HOME|XDG_[A-Z]+_HOME|COREPACK_HOME)$/;

const declared = z.array(
  z.object({ name: z.string(), value: z.string(), type: z.string().default('PLAINTEXT') }),
);

/**
 * Variables of the project, then those of the action, which win.
 *
 * @throws UnsupportedPipelineError for an action's list that is not CodePipeline's JSON
 */
export function declaredVariables(project: Project, context: ActionContext): readonly DeclaredVariable[] {
  const where = actionTitle(context);
  const ofProject = (project.environment?.environmentVariables ?? []).map((variable) => ({
    name: variable.name ?? '',
    type: variable.type ?? 'PLAINTEXT',
    value: variable.value ?? '',
  }));
  // The unresolved text: an output that holds a quote must not break the list.
  const parsed = declared.safeParse(readJson(context.action.configuration.EnvironmentVariables ?? '[]'));
  if (!parsed.success)
    throw new UnsupportedPipelineError(
      `${where}: EnvironmentVariables is not a list of name, value and type`,
    );
  const ofAction = parsed.data.map((variable) => ({
    ...variable,
    value: reachableApiUrls(
      resolveVariables(variable.value, context.variables, where),
      context.cloud.endpoint,
    ),
  }));
  return [...new Map([...ofProject, ...ofAction].map((variable) => [variable.name, variable])).values()];
}

export interface ToolEnvironment {
  readonly path: string;
  /** Where the build's `npm install -g` links commands; the CDK keeps its caches beside it. */
  readonly buildBin: string;
  readonly cloud: Pick<CloudAccess, 'endpoint'>;
  readonly region: string;
  readonly credentials: EngineCredentials;
}

/** What tools need to work on the local cloud, and nothing else of the daemon's environment. */
export function toolEnvironment(
  tools: ToolEnvironment,
  daemon: NodeJS.ProcessEnv = process.env,
): Record<string, string> {
  const { credentials } = tools;
  const inherited = Object.entries(daemon).filter(([name]) => INHERITED.test(name));
  return {
    ...(Object.fromEntries(inherited) as Record<string, string>),
    PATH: tools.path,
    GRANARY_BUILD_BIN: tools.buildBin,
    // Access keys of sessions that end with the run do not belong in the developer's own ~/.cdk.
    CDK_HOME: join(tools.buildBin, '..', 'cdk-home'),
    CI: 'true',
    // The CDK's tools ask the network for notices and newer versions, and report use: none of it locally.
    CDK_NOTICES: 'false',
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    CDK_DISABLE_VERSION_CHECK: 'true',
    // The template validator is most of a synthesis' time; a project's own checks keep it on.
    CDK_VALIDATION: 'false',
    // The output is for a log file.
    NO_COLOR: '1',
    AWS_REGION: tools.region,
    AWS_DEFAULT_REGION: tools.region,
    AWS_ENDPOINT_URL: tools.cloud.endpoint,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    ...(credentials.sessionToken ? { AWS_SESSION_TOKEN: credentials.sessionToken } : {}),
  };
}

export interface BuildEnvironment {
  readonly project: Project;
  readonly path: string;
  readonly buildBin: string;
  readonly sourceFolder: string;
  /** Other inputs: artifact -> folder. */
  readonly moreSources: Readonly<Record<string, string>>;
  readonly credentials: EngineCredentials;
  /** The buildspec's and the declared variables: they win over the tools' settings, not over CodeBuild's own. */
  readonly variables: Readonly<Record<string, string>>;
}

/** The whole environment of a build's shells. */
export function buildEnvironment(
  context: ActionContext,
  build: BuildEnvironment,
  daemon: NodeJS.ProcessEnv = process.env,
): Record<string, string> {
  const { action, pipeline, commit, runId, cloud } = context;
  const sources = Object.entries(build.moreSources).map(([name, folder]) => [
    `CODEBUILD_SRC_DIR_${name}`,
    folder,
  ]);
  const buildId = `${build.project.name}:${runId}`;
  return {
    ...toolEnvironment({ ...build, cloud, region: action.region }, daemon),
    ...build.variables,
    ...Object.fromEntries(sources),
    CODEBUILD_CI: 'true',
    CODEBUILD_BUILD_ID: buildId,
    CODEBUILD_BUILD_ARN: `arn:aws:codebuild:${action.region}:${pipeline.account}:build/${buildId}`,
    CODEBUILD_BUILD_NUMBER: '1',
    CODEBUILD_INITIATOR: `codepipeline/${pipeline.name}`,
    CODEBUILD_RESOLVED_SOURCE_VERSION: commit,
    CODEBUILD_SOURCE_VERSION: commit,
    CODEBUILD_SRC_DIR: build.sourceFolder,
  };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
