import type { ReleasePreview } from '@granary/manifest';
import { changeRows, headline, percent, quotaFigure, sizeOf } from './preview-rows';

/** A comment of GitHub's holds 65,536 characters. */
const MOST_ROWS = 100;

/** What a push would do, as a comment of a pull request. */
export function previewMarkdown(preview: ReleasePreview, title: string): string[] {
  const { refusals, warnings, waves, quotas } = preview;
  const changes = changeRows(preview);
  const close = quotas.filter(({ verdict }) => verdict !== 'ok');
  const verdict =
    refusals.length > 0 ? `**Refused:** ${count(refusals.length, 'reason')}` : '**Can be released**';
  return [
    '<!-- granary plan -->',
    '### What a push would do',
    '',
    `${verdict}, compared with ${text(title)}.`,
    '',
    ...headline(preview).map((line) => `- ${text(line)}`),
    ...refusals.flatMap(({ message, advice }) => [
      '',
      `> **refused:** ${text(message)}`,
      `> ${text(advice)}`,
    ]),
    ...(warnings.length > 0 ? ['', `**${count(warnings.length, 'warning')}**`, ''] : []),
    ...bounded(warnings.map((warning) => `- ${text(warning)}`)),
    '',
    ...(changes.length === 0
      ? ['No tenant is added, changed or gone.']
      : rows(
          ['tenant', 'is', 'in'],
          changes.map(({ id, what, details }) => [id, what, details]),
        )),
    '',
    ...rows(
      ['wave', 'tenants', 'share', 'reached', 'cells', ''],
      waves.map(({ name, tenants, share, reached, cells, skipped }) => [
        name,
        `${tenants}`,
        percent(share),
        percent(reached),
        `${cells.length}`,
        skipped === undefined ? '' : `skipped: ${skipped}`,
      ]),
    ),
    '',
    `<details><summary>Quotas: ${close.length === 0 ? 'all with room' : `${close.length} broken or close`}</summary>`,
    '',
    ...rows(
      ['quota', 'where', 'used', 'limit', 'breaks at'],
      quotas.map((use) => [
        use.title,
        use.where,
        sizeOf(use.unit, use.used),
        sizeOf(use.unit, use.limit),
        quotaFigure(use),
      ]),
    ),
    '',
    '</details>',
  ];
}

function rows(titles: readonly string[], lines: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.map(text).join(' | ')} |`;
  return [line(titles), `|${titles.map(() => '---|').join('')}`, ...bounded(lines.map(line))];
}

function bounded(lines: readonly string[]): readonly string[] {
  if (lines.length <= MOST_ROWS) return lines;
  return [...lines.slice(0, MOST_ROWS), '', `and ${lines.length - MOST_ROWS} more`];
}

/** What people have written must neither format the comment nor call anyone. */
function text(plain: string): string {
  return plain
    .replace(/[\r\n]+/g, ' ')
    .replace(/[\\`*_~[\]|#]/g, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/@/g, '@\u200b');
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
