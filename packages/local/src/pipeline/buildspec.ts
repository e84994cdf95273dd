import { parse } from 'yaml';
import { z } from 'zod';
import { UnsupportedPipelineError } from './errors';

export const PHASES = ['install', 'pre_build', 'build', 'post_build'] as const;
export type PhaseName = (typeof PHASES)[number];

/** What a build leaves behind, relative to the build's folder. */
export interface ArtifactSelection {
  readonly baseDirectory: string;
  readonly files: readonly string[];
}

export interface BuildPhase {
  readonly name: PhaseName;
  readonly commands: readonly string[];
  /** Run after the phase's commands, whatever became of them. */
  readonly finally: readonly string[];
}

/** A buildspec as the runner executes it. */
export interface Buildspec {
  readonly phases: readonly BuildPhase[];
  readonly variables: Readonly<Record<string, string>>;
  /** Variables that later actions read from the action's namespace. */
  readonly exportedVariables: readonly string[];
  /** Artifact for a build with one output. */
  readonly primary?: ArtifactSelection;
  /** Artifacts by name, for a build with several outputs. */
  readonly secondary: Readonly<Record<string, ArtifactSelection>>;
}

const text = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const list = z.union([text.transform((one) => [one]), z.array(text)]);
const phase = z.strictObject({
  commands: list.default([]),
  finally: list.default([]),
  // The image is this machine: it has one Node, the one that runs the local cloud.
  'runtime-versions': z.record(z.string(), text).optional(),
});
const selection = z.object({ 'base-directory': z.string().default('.'), files: list });
const schema = z.strictObject({
  version: text,
  env: z
    .strictObject({
      shell: z.literal('bash').optional(),
      variables: z.record(z.string(), text).optional(),
      'exported-variables': z.array(z.string().regex(/^[A-Za-z_]\w*$/)).optional(),
    })
    .optional(),
  phases: z.partialRecord(z.enum(PHASES), phase).default({}),
  artifacts: z
    .object({
      'base-directory': z.string().optional(),
      files: list.optional(),
      'secondary-artifacts': z.record(z.string(), selection).optional(),
    })
    .optional(),
  cache: z.unknown().optional(),
  reports: z.unknown().optional(),
});

/**
 * Parses a buildspec, YAML or JSON.
 *
 * @param where names the project in errors
 * @throws UnsupportedPipelineError that names every part that is wrong or that the runner does not execute
 */
export function parseBuildspec(source: string, where: string): Buildspec {
  const parsed = schema.safeParse(readYaml(source, where));
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'top'}: ${issue.message}`);
    throw new UnsupportedPipelineError(`${where}: buildspec: ${problems.join('; ')}`);
  }
  const { env, phases, artifacts } = parsed.data;
  const secondary = Object.entries(artifacts?.['secondary-artifacts'] ?? {});
  return {
    variables: env?.variables ?? {},
    exportedVariables: env?.['exported-variables'] ?? [],
    phases: PHASES.flatMap((name) => {
      const found = phases[name];
      return found ? [{ name, commands: found.commands, finally: found.finally }] : [];
    }),
    secondary: Object.fromEntries(
      secondary.map(([name, chosen]) => [
        name,
        { baseDirectory: chosen['base-directory'], files: chosen.files },
      ]),
    ),
    ...(artifacts?.files
      ? { primary: { baseDirectory: artifacts['base-directory'] ?? '.', files: artifacts.files } }
      : {}),
  };
}

function readYaml(source: string, where: string): unknown {
  try {
    return parse(source);
  } catch (cause) {
    throw new UnsupportedPipelineError(`${where}: the buildspec is not YAML or JSON`, { cause });
  }
}
