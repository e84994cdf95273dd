import { resolve } from 'node:path';
import { assemblyChanges, planRelease, type StackedChange } from '@granary/manifest';
import { EXIT, type ExitCode } from '../cli-error';
import { type Project, readManifest } from '../host/project';
import { readTemplates } from '../plan/assembly';
import type { RaisedQuotas } from '../plan/raised-quota';
import { releasedManifest } from '../plan/released-manifest';
import { previewLines } from '../render/preview';
import { previewMarkdown } from '../render/preview-markdown';
import { answer, type CommandContext } from './command-context';

export interface PlanOptions {
  /** A commit or a manifest's file. @default what was released last */
  readonly from?: string;
  /** Prints a comment for a pull request. @default false */
  readonly markdown?: boolean;
  /** The cloud assembly that was released last. @default templates are not compared */
  readonly templates?: string;
  /** The one that a push would release. @default pipelines/cdk.out */
  readonly assembly?: string;
  /** @default those of a new account */
  readonly quota?: RaisedQuotas;
}

/** Shows what a push of the folder's manifest would do. Needs no cloud. Fails when something would be refused. */
export async function plan(context: CommandContext, options: PlanOptions = {}): Promise<ExitCode> {
  const { project, terminal } = context;
  const after = await readManifest(project);
  const [before, replacements] = await Promise.all([
    releasedManifest(project, options.from),
    replacementsOf(project, options),
  ]);
  const preview = planRelease(before.manifest, after, { replacements, raisedQuotas: options.quota ?? {} });
  if (options.markdown && !context.json)
    for (const line of previewMarkdown(preview, before.title)) terminal.line(line);
  else
    answer(context, { comparedWith: before.title, ...preview }, () =>
      previewLines(preview, before.title, terminal.palette),
    );
  return preview.refusals.length === 0 ? EXIT.ok : EXIT.failure;
}

async function replacementsOf(
  { folder }: Project,
  { templates, assembly = 'pipelines/cdk.out' }: PlanOptions,
): Promise<readonly StackedChange[]> {
  if (templates === undefined) return [];
  const [before, after] = await Promise.all(
    [templates, assembly].map((each) => readTemplates(resolve(folder, each))),
  );
  return assemblyChanges(before ?? new Map(), after ?? new Map());
}
