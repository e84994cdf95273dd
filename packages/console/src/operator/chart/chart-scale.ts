const STEPS = [1, 2, 2.5, 5, 10];

/**
 * Round marks from 0 up to at least the largest value.
 *
 * @param count about as many steps, at least 1
 */
export function chartScale(largest: number, count = 4): readonly number[] {
  if (!(largest > 0)) return [0, 1];
  const power = 10 ** Math.floor(Math.log10(largest / count));
  const step = (STEPS.find((size) => size * power * count >= largest) ?? 10) * power;
  const steps = Math.ceil(Number((largest / step).toPrecision(12)));
  return Array.from({ length: steps + 1 }, (_, index) => Number((index * step).toPrecision(12)));
}

/** Which of `length` labels are shown so that about `room` fit: every so-many-th, the last among them. */
export function shownLabels(length: number, room: number): (index: number) => boolean {
  const every = Math.max(1, Math.ceil(length / room));
  return (index) => (length - 1 - index) % every === 0;
}
