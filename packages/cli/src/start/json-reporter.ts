import type { Terminal } from '../terminal';
import type { StartReporter } from './start-reporter';

/** One JSON document per line: `type` tells which. The last one but `stopping` is the verdict. */
export function jsonReporter(terminal: Terminal): StartReporter {
  const line = (type: string, more: object) => terminal.line(JSON.stringify({ type, ...more }));
  return {
    phaseStarted: (phase) => line('phase-started', { phase }),
    phaseEnded: (phase, milliseconds) => line('phase-ended', { phase, milliseconds }),
    step: (text) => line('step', { text }),
    warn: (text) => line('warning', { text }),
    event: (event) => line('release', { event }),
    walked: (report, _, pages) => line('report', { report, pages }),
    rehearsed: (report) => line('rehearsal', { report }),
    verdict: (verdict) => line('verdict', { verdict }),
    staying: (branch) => line('staying', { branch }),
    stopping: (reason) => line('stopping', { reason }),
    close: () => undefined,
  };
}
