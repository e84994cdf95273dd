import type { QuotaUse, ReleasePreview, WaveImpact } from '@granary/manifest';
import type { Palette } from '../terminal';
import { planLines } from './plan';
import { changeRows, headline, percent, quotaFigure, sizeOf } from './preview-rows';
import { indent, table } from './table';

/** More would not be read; the JSON has all. */
const MOST_ROWS = 25;

/** What a push would do: in short, by tenant, by wave, by quota, then in full. */
export function previewLines(preview: ReleasePreview, title: string, palette: Palette): string[] {
  const { refusals, warnings } = preview;
  return [
    `${palette.bold('what a push would do')}  ${palette.dim(`compared with ${title}`)}`,
    ...indent([...headline(preview)]),
    ...section('tenants', changeTable(preview, palette), palette),
    ...section('waves', waveTable(preview.waves, palette), palette),
    ...section('quotas', quotaTable(preview.quotas, palette), palette),
    '',
    ...planLines(preview.plan, palette),
    ...(warnings.length > 0 ? [''] : []),
    ...warnings.slice(0, MOST_ROWS).map((warning) => palette.yellow(`warning: ${warning}`)),
    ...more(warnings.length),
    ...(refusals.length > 0 ? [''] : []),
    ...refusals.flatMap(({ message, advice }) => [palette.red(`refused: ${message}`), `    ${advice}`]),
  ];
}

function section(title: string, lines: readonly string[], palette: Palette): string[] {
  return lines.length === 0 ? [] : ['', palette.bold(title), ...indent([...lines])];
}

function changeTable(preview: ReleasePreview, palette: Palette): string[] {
  const rows = changeRows(preview);
  if (rows.length === 0) return ['none is added, changed or gone'];
  const columns = [
    { title: 'tenant', value: ({ id }: { readonly id: string }) => id },
    { title: 'is', value: ({ what }: { readonly what: string }) => what },
    { title: 'in', value: ({ details }: { readonly details: string }) => details },
  ] as const;
  return [
    ...table<(typeof rows)[number]>([...columns], rows.slice(0, MOST_ROWS), palette.dim),
    ...more(rows.length),
  ];
}

function waveTable(waves: readonly WaveImpact[], palette: Palette): string[] {
  return table<WaveImpact>(
    [
      { title: 'wave', value: ({ name }) => name },
      { title: 'tenants', align: 'right', value: ({ tenants }) => `${tenants}` },
      { title: 'share', align: 'right', value: ({ share }) => percent(share) },
      { title: 'reached', align: 'right', value: ({ reached }) => percent(reached) },
      { title: 'by ring', align: 'right', value: ({ pinned }) => `${pinned}` },
      { title: 'cells', align: 'right', value: ({ cells }) => `${cells.length}` },
      { title: 'accounts', align: 'right', value: ({ accounts }) => `${accounts}` },
      { title: '', value: ({ skipped }) => (skipped === undefined ? '' : `skipped: ${skipped}`) },
    ],
    waves,
    palette.dim,
  );
}

/** Those of the pipeline, and of the others what is nearest to its limit. */
function quotaTable(quotas: readonly QuotaUse[], palette: Palette): string[] {
  const paint = { ok: (text: string) => text, near: palette.yellow, broken: palette.red };
  return table<QuotaUse>(
    [
      { title: 'quota', value: ({ title }) => title },
      { title: 'where', value: ({ where }) => where },
      { title: 'used', align: 'right', value: ({ unit, used }) => sizeOf(unit, used) },
      { title: 'limit', align: 'right', value: ({ unit, limit }) => sizeOf(unit, limit) },
      { title: 'breaks at', value: quotaFigure },
      { title: '', value: ({ verdict }) => (verdict === 'ok' ? '' : paint[verdict](verdict)) },
    ],
    quotas,
    palette.dim,
  );
}

function more(count: number): string[] {
  return count > MOST_ROWS ? [`and ${count - MOST_ROWS} more: --json has all`] : [];
}
