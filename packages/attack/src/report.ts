import type { Place } from './answer';
import type { Finding } from './attempt';

/** One kind of attack in the report. */
export interface ReportRow {
  readonly kind: string;
  readonly attempts: number;
  /** Controls that were served, as they must be, and requests that harmed nobody. */
  readonly served: number;
  readonly refused: Readonly<Partial<Record<Place, number>>>;
  readonly leaked: number;
  /** Answers of 500 or more, and connections that broke. */
  readonly faults: number;
  /** Controls that were refused: the suite did not attack what it means to. */
  readonly unserved: number;
}

/** What a whole run of the suite found. */
export interface Report {
  readonly seed: number;
  readonly seconds: number;
  readonly rows: readonly ReportRow[];
  /** The worst, with words: everything that is neither refused nor served. */
  readonly findings: readonly { readonly verdict: string; readonly name: string; readonly answer: string }[];
}

/** Counts findings by kind, in the order of their first occurrence. */
export function reportRows(findings: readonly Finding[]): ReportRow[] {
  const kinds = [...new Set(findings.map(({ kind }) => kind))];
  return kinds.map((kind) => {
    const of = findings.filter((finding) => finding.kind === kind);
    const count = (verdict: Finding['verdict']) => of.filter((finding) => finding.verdict === verdict).length;
    const refused: Partial<Record<Place, number>> = {};
    for (const { verdict, answer } of of)
      if (verdict === 'refused') refused[answer.place] = (refused[answer.place] ?? 0) + 1;
    return {
      kind,
      attempts: of.length,
      served: count('served'),
      refused,
      leaked: count('leaked'),
      faults: count('fault'),
      unserved: count('unserved'),
    };
  });
}

/** Whether nothing leaked, nothing broke and every control was served. */
export function isSound({ rows }: Pick<Report, 'rows'>): boolean {
  return rows.every(({ leaked, faults, unserved }) => leaked + faults + unserved === 0);
}

const MAX_FINDINGS = 50;
const MAX_WORDS = 300;

/** The findings that a reader must see. An answer may quote a row; it holds no secret of the platform. */
export function worst(findings: readonly Finding[]): Report['findings'] {
  return findings
    .filter(({ verdict }) => verdict !== 'refused' && verdict !== 'served')
    .slice(0, MAX_FINDINGS)
    .map(({ verdict, name, answer }) => ({
      verdict,
      name,
      answer: `${answer.status} ${answer.text.slice(-MAX_WORDS)}`,
    }));
}

/** The report as Markdown, which a terminal shows as well. */
export function reportText({ rows, findings, seed, seconds }: Report): string {
  const places: readonly Place[] = ['gateway', 'authorizer', 'handler', 'IAM', 'STS', 'user pool', 'other'];
  const shown = places.filter((place) => rows.some(({ refused }) => refused[place]));
  const header = [
    'attack',
    'attempts',
    'served',
    ...shown.map((place) => `refused: ${place}`),
    'leaked',
    '5xx',
  ];
  const lines = rows.map(({ kind, attempts, served, refused, leaked, faults }) => [
    kind,
    attempts,
    served,
    ...shown.map((place) => refused[place] ?? 0),
    leaked,
    faults,
  ]);
  const table = [header, header.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`);
  const said = findings.map(({ verdict, name, answer }) => `${verdict}: ${name}\n  ${answer}`);
  return [...table, '', `seed ${seed}, ${seconds.toFixed(1)} s`, ...said].join('\n');
}
