import { Fragment } from 'react';
import type { Column } from './column-chart';
import './chart.css';

export interface BarListProps {
  readonly bars: readonly Column[];
  readonly format: (value: number) => string;
}

/** Values below each other, each with its name, its bar and its figure. */
export function BarList({ bars, format }: BarListProps) {
  const largest = Math.max(0, ...bars.map(({ value }) => value)) || 1;
  return (
    <dl className="bar-list">
      {bars.map(({ label, value }) => (
        <Fragment key={label}>
          <dt>{label}</dt>
          <dd>
            <svg viewBox={`0 0 ${largest} 1`} preserveAspectRatio="none" aria-hidden="true">
              <rect className="chart-bar" width={value} height={1} />
            </svg>
            <span>{format(value)}</span>
          </dd>
        </Fragment>
      ))}
    </dl>
  );
}
