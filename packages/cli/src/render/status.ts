import type { Deployment, FleetEntry, Tenant } from '@granary/api';
import type { CloudStatus, RunRecord } from '@granary/local';
import type { Manifest } from '@granary/manifest';
import type { PageLink } from '../sites/sites';
import type { Palette } from '../terminal';
import { deploymentColumns, TENANT_COLUMNS, tenantRows } from './deployment-rows';
import { pageLines } from './pages';
import { shortRelease } from './release';
import { indent, table } from './table';
import { duration, elapsed } from './time';

/** What the control plane knows, as far as it can be asked. */
export type Fleet =
  | {
      readonly type: 'known';
      readonly tenants: readonly Tenant[];
      readonly deployments: readonly Deployment[];
      /** What each runs against what it should. @default the release engine could not be asked */
      readonly states?: readonly FleetEntry[];
    }
  | { readonly type: 'unknown'; readonly reason: string };

/** What `status` shows. */
export interface Status {
  readonly cloud: CloudStatus;
  readonly fleet: Fleet;
  /** The pages that are served. */
  readonly pages: readonly PageLink[];
}

/** The local cloud, its release, its pages and every tenant. */
export function statusLines(
  { cloud, fleet, pages }: Status,
  manifest: Manifest,
  now: number,
  palette: Palette,
): string[] {
  const lines = [
    `cloud     ${cloud.state} at ${cloud.endpoint} since ${cloud.startedAt.slice(0, 19).replace('T', ' ')} UTC (process ${cloud.pid})`,
    `remote    ${cloud.remote} (branch ${cloud.branch})`,
  ];
  if (cloud.running) lines.push(`running   ${runSummary(cloud.running, now)}`);
  if (cloud.queued) lines.push(`queued    ${shortRelease(cloud.queued.commit)}  ${cloud.queued.subject}`);
  if (cloud.last) lines.push(`last      ${runSummary(cloud.last, now)}`);
  if (!cloud.running && !cloud.last) lines.push('last      nothing was released yet');
  for (const { stage, action, message } of cloud.approvals)
    lines.push(palette.yellow(`waits     ${stage}.${action}: ${message ?? 'approve it?'}`));
  if (pages.length > 0) lines.push('', palette.bold('pages'), ...indent(pageLines(pages, palette.dim)));
  if (fleet.type === 'unknown') return [...lines, '', `tenants are not known: ${fleet.reason}`];
  const { tenants, deployments, states } = fleet;
  return [
    ...lines,
    '',
    palette.bold(`${deployments.length} deployments`),
    ...indent(table(deploymentColumns(manifest, states), deployments, palette.dim)),
    '',
    palette.bold(`${tenants.length} tenants`),
    ...indent(table(TENANT_COLUMNS, tenantRows(manifest, tenants, deployments), palette.dim)),
  ];
}

function runSummary(run: RunRecord, now: number): string {
  const ended = run.stages.filter(({ state }) => state.status === 'succeeded').length;
  const current = run.stages.find(({ state }) => state.status === 'running');
  const spent = elapsed(run.startedAt ?? run.queuedAt, run.endedAt, now) ?? 0;
  const where = current ? `stage ${current.name} (${ended + 1} of ${run.stages.length})` : run.state.status;
  return `${shortRelease(run.commit)}  ${where}  ${duration(spent)}  ${run.subject}`;
}
