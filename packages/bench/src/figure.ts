import type { Row, Table } from './table';

/** Units of figures. `x` is a ratio. */
export type Unit =
  | 's'
  | 'ms'
  | 'MB'
  | 'KB'
  | 'requests'
  | 'requests/s'
  | 'rows/s'
  | 'calls/s'
  | 'x'
  | 'stacks'
  | 'tenants'
  | 'actions'
  | 'functions'
  | 'tenants/min'
  | 'h'
  | '$';

/** One measured number. */
export interface Figure {
  readonly what: string;
  /** In `unit`. */
  readonly value: number;
  readonly unit: Unit;
  /** The most that it is meant to be, in the same unit. @default no aim */
  readonly aim?: number;
  /** How it was taken. @default nothing */
  readonly note?: string;
}

/** The figures of one command. */
export interface Section {
  readonly title: string;
  /** As anyone can type it at the root of the project. */
  readonly command: string;
  readonly figures: readonly Figure[];
}

const DIGITS: Readonly<Record<Unit, number>> = {
  s: 1,
  ms: 1,
  MB: 0,
  KB: 0,
  requests: 0,
  'requests/s': 0,
  'rows/s': 0,
  'calls/s': 0,
  x: 2,
  stacks: 0,
  tenants: 0,
  actions: 0,
  functions: 0,
  'tenants/min': 0,
  h: 1,
  $: 2,
};

/** A number with its unit, as a reader wants it: `12.3 ms`, `1.42x`. */
export function formatValue(value: number, unit: Unit): string {
  const text = value.toFixed(DIGITS[unit]);
  if (unit === 'x') return `${text}x`;
  return unit === '$' ? `$${text}` : `${text} ${unit}`;
}

/** Whether the figure is within its aim; undefined without one. */
export function meetsAim({ value, aim }: Figure): boolean | undefined {
  return aim === undefined ? undefined : value <= aim;
}

export function tableOf({ title, command, figures }: Section): Table {
  return { title, command, rows: figures.map(rowOf) };
}

function rowOf(figure: Figure): Row {
  const { what, value, unit, aim, note } = figure;
  const verdict =
    aim === undefined
      ? undefined
      : `aim: at most ${formatValue(aim, unit)}, ${meetsAim(figure) ? 'met' : 'missed'}`;
  const said = [verdict, note].filter(Boolean).join('; ');
  return { what, figure: formatValue(value, unit), ...(said ? { note: said } : {}) };
}
