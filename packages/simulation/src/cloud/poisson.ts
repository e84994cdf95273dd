/** The chance that as many events or more happen, where so many are expected. */
export function atLeast(events: number, expected: number): number {
  let term = Math.exp(-expected);
  let less = 0;
  for (let count = 0; count < events; count += 1) {
    less += term;
    term *= expected / (count + 1);
  }
  return Math.max(0, 1 - less);
}
