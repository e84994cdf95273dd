import type { Manifest } from '@granary/manifest';
import type { PageLink } from '../sites/sites';
import type { Palette } from '../terminal';
import type { Attempt, IsolationReport } from '../walk/isolation';
import type { Verdict, WalkReport } from '../walk/walk-report';
import { TENANT_COLUMNS, tenantRows } from './deployment-rows';
import { pageLines } from './pages';
import { indent, table } from './table';

/** What the walk found, as the page that `npm start` ends with. */
export function closingLines(
  report: WalkReport,
  manifest: Manifest,
  pages: readonly PageLink[],
  palette: Palette,
): string[] {
  const { controlPlaneUrl, operator, visits, tenants, deployments, isolation } = report;
  const people = [
    { who: 'operator', where: controlPlaneUrl, ...operator },
    ...visits.map(({ tenantId, apiUrl, userName, password }) => ({
      who: tenantId,
      where: apiUrl,
      userName,
      password,
    })),
  ];
  const section = (title: string, lines: readonly string[]) => ['', palette.bold(title), ...indent(lines)];
  return [
    ...section('which tenant runs which release, and where', [
      ...table(TENANT_COLUMNS, tenantRows(manifest, tenants, deployments), palette.dim),
    ]),
    ...(pages.length === 0 ? [] : section('where people meet it', [...pageLines(pages, palette.dim)])),
    ...section('who can sign in (passwords of this start)', [
      ...table(
        [
          { title: 'tenant', value: ({ who }) => who },
          { title: 'user', value: ({ userName }) => userName },
          { title: 'password', value: ({ password }) => password },
          { title: 'api', value: ({ where }) => where },
        ],
        people,
        palette.dim,
      ),
    ]),
    ...(isolation ? section(isolationTitle(isolation), attemptTable(isolation.attempts, palette)) : []),
  ];
}

function isolationTitle({ tenantId, neighbourId, deploymentId }: IsolationReport): string {
  return `${tenantId} reaches for ${neighbourId}'s rows in ${deploymentId}, with its own credentials`;
}

function attemptTable(attempts: readonly Attempt[], palette: Palette): string[] {
  return table<Attempt>(
    [
      { title: 'attempt', value: ({ what }) => what },
      { title: 'call', value: ({ action }) => action },
      { title: 'answer', value: ({ answer }) => answer },
      { title: '', value: ({ ok }) => (ok ? palette.green('ok') : palette.red('WRONG')) },
    ],
    attempts,
    palette.dim,
  );
}

/** The verdict: all reasons, and one clear line. */
export function verdictLines(verdict: Verdict, palette: Palette): string[] {
  if (verdict.ok) return [palette.green('verdict: ok')];
  return [
    ...verdict.reasons.map((reason) => palette.red(`  ${reason}`)),
    palette.red(
      `verdict: failed (${verdict.reasons.length} ${verdict.reasons.length === 1 ? 'reason' : 'reasons'})`,
    ),
  ];
}

/** What to do next, while the local cloud runs. */
export function nextLines(branch: string, palette: Palette): string[] {
  const gestures = [
    {
      gesture: `git push local HEAD:${branch}`,
      effect: 'releases your next commit to every tenant, wave by wave',
    },
    {
      gesture: 'edit tenants.json, commit, push',
      effect: 'adds, moves or pins a silo tenant ("npm run granary -- tenants add --help")',
    },
    {
      gesture: 'npm run granary -- mails',
      effect: 'shows the invitation that signing up sends: it holds the temporary password',
    },
  ];
  return [
    '',
    palette.bold('next'),
    ...indent(gestures.map(({ gesture, effect }) => `${gesture.padEnd(33)}${palette.dim(effect)}`)),
  ];
}
