import { closingLines, nextLines, verdictLines } from '../render/closing';
import { rehearsalLines } from '../render/rehearsal';
import { eventLines } from '../render/run-event';
import { NOTHING_RUNS, nextRunning, runningLine } from '../render/running-actions';
import { duration } from '../render/time';
import type { Terminal } from '../terminal';
import type { Phase, StartReporter } from './start-reporter';

const TITLES: Readonly<Record<Phase, string>> = {
  check: 'check the project',
  cloud: 'bring up the local cloud',
  release: 'release HEAD',
  walk: 'use it: sign up, sign in, trade, reach for a neighbour',
  rehearsal: 'release a fault on purpose',
};
const REDRAW_MS = 500;

/** Lines for a person; at an interactive terminal the actions under way are redrawn below them. */
export function textReporter(terminal: Terminal): StartReporter {
  const { palette } = terminal;
  const show = (lines: readonly string[]) => {
    for (const line of lines) terminal.line(line);
  };
  let running = NOTHING_RUNS;
  const redraw = () => terminal.live(palette.dim(runningLine(running, Date.now())));
  const timer = terminal.interactive ? setInterval(redraw, REDRAW_MS) : undefined;
  timer?.unref();
  const spent: string[] = [];
  return {
    phaseStarted: (phase) => show(['', palette.bold(palette.cyan(TITLES[phase]))]),
    phaseEnded: (phase, milliseconds) => {
      spent.push(`${phase} ${duration(milliseconds)}`);
      show([palette.dim(`  (${duration(milliseconds)})`)]);
    },
    step: (line) => show([`  ${line}`]),
    warn: (line) => show([palette.yellow(`  note: ${line}`)]),
    event: (event) => {
      running = nextRunning(running, event);
      show(eventLines(event, palette).map((line) => `  ${line}`));
      redraw();
    },
    walked: (report, manifest, pages) => show(closingLines(report, manifest, pages, palette)),
    rehearsed: (report) => show(rehearsalLines(report, palette)),
    verdict: (verdict) => show(['', palette.dim(spent.join(', ')), ...verdictLines(verdict, palette)]),
    staying: (branch) => show([...nextLines(branch, palette), '', palette.dim('Ctrl-C stops; state stays.')]),
    stopping: (reason) => show(['', `stopping: ${reason}`]),
    close: () => {
      clearInterval(timer);
      terminal.live('');
    },
  };
}
