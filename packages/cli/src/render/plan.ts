import type { DeploymentTarget, PlannedWave, RolloutPlan, TenantPlacement } from '@granary/manifest';
import type { Palette } from '../terminal';
import { indent, table } from './table';

/** More would not be read; the JSON has all. */
const MOST_TENANTS = 25;

/** What a release of this manifest does, in order. */
export function planLines(plan: RolloutPlan, palette: Palette): string[] {
  const lines = [palette.bold('pools, at the same time')];
  lines.push(...indent(targetTable(plan.pools, palette)));
  for (const wave of plan.waves) lines.push('', ...waveLines(wave, palette));
  const passed = [
    ...plan.held.map((target) => ({ target, why: `pinned to ${target.tenant.version ?? ''}` })),
    ...plan.offboarding.map((target) => ({
      target,
      why: 'offboarding: its stack goes once its data is purged',
    })),
  ];
  if (passed.length > 0) {
    lines.push('', palette.bold('passed by'));
    lines.push(...indent(bounded(passed.map(({ target, why }) => `${target.id}  ${palette.dim(why)}`))));
  }
  for (const { from, to, timeZone, reason } of plan.freeze)
    lines.push('', `no release from ${from} to ${to} (${timeZone}): ${reason}`);
  for (const { days, from, to, timeZone } of plan.windows)
    lines.push('', `releases on ${days.join(', ')}, ${from} to ${to} (${timeZone})`);
  return lines;
}

function waveLines(wave: PlannedWave, palette: Palette): string[] {
  const { name, percentage, rings, bakeMinutes, approval, empty, tenants, skip } = wave;
  const facts = [
    percentage === undefined ? '' : `up to ${percentage} percent`,
    rings.length === 0 ? '' : `ring ${rings.join(', ')}`,
    `bakes ${bakeMinutes} min`,
    approval ? 'after an approval' : '',
    skip ? `skipped: ${skip.reason}` : '',
  ].filter(Boolean);
  const title = `${palette.bold(`wave ${wave.index + 1}: ${name}`)}  ${palette.dim(facts.join(', '))}`;
  return [title, ...indent(empty ? ['no tenant today'] : placementTable(tenants, palette))];
}

const PLACE = [
  { title: 'cell', value: ({ cell }: DeploymentTarget) => cell },
  { title: 'account', value: ({ account }: DeploymentTarget) => account },
  { title: 'region', value: ({ region }: DeploymentTarget) => region },
  { title: 'stack', value: ({ stackName }: DeploymentTarget) => stackName },
];

function targetTable(targets: readonly DeploymentTarget[], palette: Palette): string[] {
  if (targets.length === 0) return ['none'];
  return table([{ title: 'pool', value: ({ id }) => id }, ...PLACE], targets, palette.dim);
}

function placementTable(tenants: readonly TenantPlacement[], palette: Palette): string[] {
  const lines = table(
    [
      { title: 'tenant', value: ({ id }) => id },
      ...PLACE,
      {
        title: 'placed by',
        value: ({ placedBy, percentile, tenant }) =>
          placedBy === 'ring' ? `ring ${tenant.ring}` : `percentile ${percentile.toFixed(1)}`,
      },
    ],
    tenants.slice(0, MOST_TENANTS),
    palette.dim,
  );
  return tenants.length > MOST_TENANTS ? [...lines, `and ${tenants.length - MOST_TENANTS} more`] : lines;
}

function bounded(lines: readonly string[]): string[] {
  return lines.length > MOST_TENANTS
    ? [...lines.slice(0, MOST_TENANTS), `and ${lines.length - MOST_TENANTS} more`]
    : [...lines];
}
