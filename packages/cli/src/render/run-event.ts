import type { ConditionRecord, Outcome, Progress, RunEvent, RunRecord, StageOutcome } from '@granary/local';
import type { Palette } from '../terminal';
import { shortRelease } from './release';
import { duration, elapsed } from './time';

const MARKS = {
  succeeded: 'ok',
  failed: 'FAILED',
  interrupted: 'stopped',
  superseded: 'again',
  skipped: 'skipped',
} as const;

/** An outcome in one word, coloured. */
export function mark({ status }: StageOutcome, palette: Palette): string {
  const text = MARKS[status].padEnd(7);
  if (status === 'succeeded') return palette.green(text);
  return status === 'failed' ? palette.red(text) : palette.yellow(text);
}

/** What a release's event adds to the screen: nothing, or some lines. */
export function eventLines(event: RunEvent, palette: Palette): string[] {
  switch (event.type) {
    case 'run-queued':
      return [palette.bold(`release ${shortRelease(event.commit)}`)];
    case 'run-started':
      return [palette.dim(`  ${event.pipeline}: ${event.stages.map(({ name }) => name).join(' > ')}`)];
    case 'stage-started':
      return [`  ${palette.bold(event.stage)}`];
    case 'action-ended':
      return actionLines(event, palette);
    case 'condition-ended':
      return conditionLines(event, palette);
    case 'stage-retried':
      return [palette.bold(`release ${shortRelease(event.commit)}: stage ${event.stage} again`)];
    case 'stage-rolled-back':
      return [palette.yellow(`  stage ${event.stage} goes back to what run ${event.to} made of it`)];
    case 'approval-needed':
      return [
        palette.yellow(`    waits   ${event.stage}.${event.action}: ${event.message ?? 'approve it?'}`),
        `            granary approve ${event.stage}.${event.action}    (or reject)`,
      ];
    case 'pipeline-mutated':
      return [palette.dim('  the pipeline changed itself; the release starts again with its new structure')];
    case 'run-ended':
      return endLines(event.commit, event.outcome, event.milliseconds, palette);
    case 'stage-ended':
      if (event.outcome.status !== 'skipped') return [];
      return [palette.yellow(`    skipped ${event.stage}: ${event.outcome.reason}`)];
    case 'action-started':
    case 'action-output':
    case 'condition-started':
      return [];
  }
}

function conditionLines(event: Extract<RunEvent, { type: 'condition-ended' }>, palette: Palette): string[] {
  const { condition, outcome, result, milliseconds } = event;
  const line = `    ${mark(outcome, palette)} ${condition.padEnd(34)} ${duration(milliseconds).padStart(9)}`;
  if (outcome.status !== 'failed') return [line];
  return [`${line}  ${palette.dim(result.toLowerCase())}`, `            ${outcome.reason}`];
}

function actionLines(event: Extract<RunEvent, { type: 'action-ended' }>, palette: Palette): string[] {
  const { action, outcome, summary, milliseconds } = event;
  const line = `    ${mark(outcome, palette)} ${action.padEnd(34)} ${duration(milliseconds).padStart(9)}`;
  return [summary ? `${line}  ${palette.dim(summary)}` : line];
}

/** How a release ended. Self-mutation is told by its own event. */
export function endLines(commit: string, outcome: Outcome, milliseconds: number, palette: Palette): string[] {
  const release = shortRelease(commit);
  switch (outcome.status) {
    case 'succeeded':
      return [palette.green(`released ${release} in ${duration(milliseconds)}`)];
    case 'superseded':
      return [];
    case 'interrupted':
      return [palette.yellow(`release ${release} was stopped: ${outcome.reason}`)];
    case 'failed':
      return [
        palette.red(`release ${release} failed: ${outcome.reason}`),
        ...outcome.details.map((line) => `  | ${line}`),
      ];
  }
}

function word({ status }: Progress | StageOutcome): string {
  return status === 'pending' || status === 'running' ? status : MARKS[status].trim();
}

function checkedLines(
  condition: ConditionRecord,
  time: (one: { startedAt?: string; endedAt?: string }) => string,
): string[] {
  const { kind, state } = condition;
  const line = `    ${kind.padEnd(34)} ${word(state).padEnd(8)} ${time(condition).padStart(9)}`.trimEnd();
  return state.status === 'failed' ? [line, `      ${state.reason}`] : [line];
}

/** A release as a tree of stages and actions, from its record. */
export function runLines(run: RunRecord, now: number, palette: Palette): string[] {
  const time = (one: { startedAt?: string; endedAt?: string }) => {
    const spent = elapsed(one.startedAt, one.endedAt, now);
    return spent === undefined ? '' : duration(spent);
  };
  const title = `release ${shortRelease(run.commit)}  ${run.subject}`;
  const lines = [palette.bold(title), `  run ${run.id}  ${word(run.state)}  ${time(run)}`.trimEnd()];
  for (const stage of run.stages) {
    lines.push(
      `  ${stage.name.padEnd(36)} ${word(stage.state).padEnd(8)} ${time(stage).padStart(9)}`.trimEnd(),
    );
    for (const condition of stage.conditions ?? []) lines.push(...checkedLines(condition, time));
    for (const action of stage.actions) {
      const summary = action.summary === undefined ? '' : `  ${palette.dim(action.summary)}`;
      const state = word(action.state).padEnd(8);
      lines.push(`    ${action.name.padEnd(34)} ${state} ${time(action).padStart(9)}${summary}`.trimEnd());
    }
  }
  if (run.state.status === 'failed') {
    lines.push(palette.red(`  ${run.state.reason}`), ...run.state.details.map((line) => `  | ${line}`));
  } else if (run.state.status === 'interrupted' || run.state.status === 'superseded') {
    lines.push(`  ${run.state.reason}`);
  }
  return lines;
}
