import type { Kept, RehearsalReport } from '../rehearsal/rehearsal-report';
import type { Palette } from '../terminal';
import { shortRelease } from './release';
import { indent, table } from './table';

/** What a rehearsal showed: what was released, what stopped it, and who kept which version. */
export function rehearsalLines(report: RehearsalReport, palette: Palette): string[] {
  const { fault, does, commit, halt, kept, verdict } = report;
  return [
    '',
    palette.bold(`a bad release (${fault}: ${does}), and who kept which version`),
    ...indent([
      ...table<Row>(
        [
          { title: 'wave', value: ({ wave }) => wave },
          { title: 'tenant', value: ({ tenant }) => tenant },
          { title: 'runs on', value: ({ deploymentId }) => deploymentId },
          { title: 'before', value: ({ before }) => release(before) },
          {
            title: 'reached',
            value: ({ reached }) => (reached ? palette.yellow(shortRelease(commit)) : 'no'),
          },
          { title: 'now', value: ({ now }) => release(now) },
          {
            title: '',
            value: ({ due, now }) => (due === now ? palette.green('ok') : palette.red('WRONG')),
          },
        ],
        kept.flatMap(rows),
        palette.dim,
      ),
      halt
        ? `${shortRelease(commit)} was halted in wave "${halt.wave}" by gate "${halt.gate}": ${halt.reason}`
        : `${shortRelease(commit)} was halted by no gate`,
      ...(verdict.ok ? [] : verdict.reasons.map((reason) => palette.red(reason))),
    ]),
  ];
}

type Row = Kept & { readonly tenant: string };

/** One for each tenant; a deployment without any has one too. */
function rows(kept: Kept): readonly Row[] {
  const tenants = kept.tenants.length > 0 ? [...kept.tenants].sort() : ['-'];
  return tenants.map((tenant) => ({ ...kept, tenant }));
}

function release(commit: string | undefined): string {
  return commit === undefined ? '-' : shortRelease(commit);
}
