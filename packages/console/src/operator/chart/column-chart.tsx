import { chartScale, shownLabels } from './chart-scale';
import './chart.css';

export interface Column {
  readonly label: string;
  readonly value: number;
}

export interface ColumnChartProps {
  /** What the picture is of, for those who do not see it. The figures themselves belong in a table beside it. */
  readonly name: string;
  readonly columns: readonly Column[];
  readonly format: (value: number) => string;
  /** A label below the axis. @default the label */
  readonly short?: (label: string) => string;
}

/** About as many fit below a chart on a phone. */
const LABELS = 5;

/** Values side by side, over a scale; pointing at a column shows its figure. */
export function ColumnChart({ name, columns, format, short = (label) => label }: ColumnChartProps) {
  const marks = chartScale(Math.max(0, ...columns.map(({ value }) => value)));
  const top = marks.at(-1) ?? 1;
  const shown = shownLabels(columns.length, LABELS);
  return (
    <div className="column-chart">
      <div className="column-chart-marks" aria-hidden="true">
        {marks.toReversed().map((mark) => (
          <span key={mark}>{format(mark)}</span>
        ))}
      </div>
      <svg
        className="column-chart-plot"
        role="img"
        aria-label={name}
        viewBox={`0 0 ${columns.length} ${top}`}
        preserveAspectRatio="none"
      >
        {marks.map((mark) => (
          <path key={mark} className="chart-line" d={`M0 ${top - mark}H${columns.length}`} />
        ))}
        {columns.map(({ label, value }, index) => (
          <g key={label}>
            <title>{`${label}: ${format(value)}`}</title>
            <rect className="chart-room" x={index} width={1} height={top} />
            <rect className="chart-bar" x={index + 0.15} width={0.7} y={top - value} height={value} />
          </g>
        ))}
      </svg>
      <div className="column-chart-labels" aria-hidden="true">
        {columns.map(({ label }, index) => (
          <span key={label}>{shown(index) && <span>{short(label)}</span>}</span>
        ))}
      </div>
    </div>
  );
}
