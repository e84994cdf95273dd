/**
 * The nearest-rank percentile of a sample.
 * @param sample any order, not empty
 * @param rank 0 to 100
 * @throws RangeError when the sample is empty or the rank is out of bounds
 */
export function percentile(sample: readonly number[], rank: number): number {
  if (sample.length === 0) throw new RangeError('a percentile needs a sample of at least one number');
  if (!(rank >= 0 && rank <= 100)) throw new RangeError(`rank must be 0 to 100, not ${rank}`);
  const sorted = [...sample].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((rank / 100) * sorted.length) - 1)] as number;
}
