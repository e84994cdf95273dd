/** A duration as people say it: `0.4 s`, `12.3 s`, `3 m 05 s`. */
export function duration(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds) / 1000;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} m ${String(whole % 60).padStart(2, '0')} s`;
}

/** Between two instants (ISO 8601), or since the first one. Undefined when it has not begun. */
export function elapsed(from: string | undefined, to: string | undefined, now: number): number | undefined {
  if (from === undefined) return undefined;
  return (to === undefined ? now : Date.parse(to)) - Date.parse(from);
}
