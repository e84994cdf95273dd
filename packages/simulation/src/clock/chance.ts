import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Numbers that look like chance and are the same for the same seed. */
export class Chance {
  private readonly generator;

  constructor(seed: number) {
    this.generator = xoroshiro128plus(seed);
  }

  /** In [0, 1). */
  number(): number {
    return uniformFloat64(this.generator);
  }

  /** In [from, to). */
  between(from: number, to: number): number {
    return from + (to - from) * this.number();
  }
}
