import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { type RunRecord, RunStore, stateFolder } from '@granary/local';
import { CliError, EXIT, type ExitCode, UsageError } from '../cli-error';
import { runLines } from '../render/run-event';
import { answer, type CommandContext } from './command-context';

/**
 * Shows a release as a tree, or what one of its actions printed. Needs no cloud: runs are on disk.
 *
 * @param run `last`, the start of a run's id, or the start of a commit's
 * @param action `Stage.Action` or the action's name; without it the tree
 */
export async function logs(
  context: CommandContext,
  run: string,
  action: string | undefined,
): Promise<ExitCode> {
  const store = new RunStore(stateFolder(context.project.stateFolder).runs);
  const record = findRun(await store.list(), run);
  if (action === undefined) {
    answer(context, record, () => runLines(record, Date.now(), context.terminal.palette));
    return EXIT.ok;
  }
  const found = findAction(record, action);
  const file = store.logFile(record.id, found.stage, found.action);
  if (context.json) {
    context.terminal.line(JSON.stringify({ run: record.id, ...found, file }));
    return EXIT.ok;
  }
  const exists = await access(file).then(
    () => true,
    () => false,
  );
  if (!exists) throw new CliError(`action "${found.stage}.${found.action}" has printed nothing yet`);
  for await (const line of createInterface({ input: createReadStream(file) })) context.terminal.line(line);
  return EXIT.ok;
}

function findRun(runs: readonly RunRecord[], wanted: string): RunRecord {
  if (runs.length === 0) throw new CliError('nothing was released yet: "npm start" releases HEAD');
  // Newest first: a run that self-mutation started anew comes before the one that it replaced.
  const found =
    wanted === 'last'
      ? runs[0]
      : runs.find(({ id, commit }) => id.startsWith(wanted) || commit.startsWith(wanted));
  if (found) return found;
  const known = runs.slice(0, 5).map(({ commit }) => commit.slice(0, 8));
  throw new UsageError(`no run or commit starts with "${wanted}" (the latest commits: ${known.join(', ')})`);
}

function findAction(run: RunRecord, wanted: string): { readonly stage: string; readonly action: string } {
  const all = run.stages.flatMap(({ name: stage, actions }) =>
    actions.map(({ name: action }) => ({ stage, action })),
  );
  const fits = all.filter(({ stage, action }) => wanted === action || wanted === `${stage}.${action}`);
  const [only] = fits;
  if (only && fits.length === 1) return only;
  const names = (fits.length > 1 ? fits : all).map(({ stage, action }) => `${stage}.${action}`).join(', ');
  throw new UsageError(
    fits.length > 1
      ? `several actions are named "${wanted}": ${names}`
      : `no action "${wanted}" (${names || 'none yet'})`,
  );
}
