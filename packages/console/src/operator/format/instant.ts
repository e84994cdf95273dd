const FORMAT = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  timeZone: 'UTC',
});

/** `28 Nov 2026, 13:35:02 UTC`. What is not there is a dash. */
export function instant(iso: string | undefined): string {
  return iso === undefined ? '–' : `${FORMAT.format(new Date(iso))} UTC`;
}

/** `1 d 2 h`, `4 min 10 s`, `9 s`: the two largest units. */
export function span(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const units = [
    [86_400, 'd'],
    [3_600, 'h'],
    [60, 'min'],
    [1, 's'],
  ] as const;
  const first = units.findIndex(([size]) => whole >= size);
  if (first === -1) return '0 s';
  let rest = whole;
  return units
    .slice(first, first + 2)
    .flatMap(([size, unit]) => {
      const amount = Math.floor(rest / size);
      rest -= amount * size;
      return amount > 0 ? [`${amount} ${unit}`] : [];
    })
    .join(' ');
}

/** Seconds between two instants; undefined while one is missing. */
export function seconds(from: string | undefined, to: string | undefined): number | undefined {
  return from === undefined || to === undefined ? undefined : (Date.parse(to) - Date.parse(from)) / 1000;
}
