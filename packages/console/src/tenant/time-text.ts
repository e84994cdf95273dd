const FORMAT = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });

/** An instant in the person's own time: "24 Nov 2026, 10:05". */
export function timeText(instant: string): string {
  return FORMAT.format(new Date(instant));
}
