import type { Dot } from './wave-picture';

/** Milliseconds that one deployment takes from lane to lane. */
const TRAVEL_MS = 600;
/** Milliseconds over which the deployments of one change set out. */
const STAGGER_MS = 500;

interface Track {
  readonly fromX: number;
  readonly fromY: number;
  readonly startsAt: number;
}

/** Where dots are while they move from one picture to the next. Times are milliseconds of any one clock. */
export class WaveMotion {
  private dots: readonly Dot[] = [];
  private tracks: readonly Track[] = [];
  private readonly where = new Map<string, number>();
  private endsAt = 0;

  /** @param still whether the person wants no motion */
  constructor(private readonly still = false) {}

  /** A new picture. Dots that were there set out from where they are now; new ones are in place at once. */
  show(dots: readonly Dot[], now: number): void {
    let travellers = 0;
    const tracks = dots.map((dot): Track => {
      const index = this.where.get(dot.key);
      const there = { fromX: dot.x, fromY: dot.y, startsAt: now - TRAVEL_MS };
      if (index === undefined || this.still) return there;
      const [x, y] = this.place(index, now);
      if (x === dot.x && y === dot.y) return there;
      travellers += 1;
      return { fromX: x, fromY: y, startsAt: now + ((travellers * 37) % STAGGER_MS) };
    });
    this.dots = dots;
    this.tracks = tracks;
    this.where.clear();
    dots.forEach(({ key }, index) => {
      this.where.set(key, index);
    });
    this.endsAt = travellers > 0 ? now + STAGGER_MS + TRAVEL_MS : now;
  }

  /** Whether a later look differs from this one. */
  isMoving(now: number): boolean {
    return now < this.endsAt;
  }

  /** Each dot with its place. */
  forEach(now: number, draw: (dot: Dot, x: number, y: number) => void): void {
    this.dots.forEach((dot, index) => {
      const [x, y] = this.place(index, now);
      draw(dot, x, y);
    });
  }

  private place(index: number, now: number): readonly [number, number] {
    const dot = this.dots[index];
    const track = this.tracks[index];
    if (!dot || !track) return [0, 0];
    const part = Math.min(1, Math.max(0, (now - track.startsAt) / TRAVEL_MS));
    const eased = part * part * (3 - 2 * part);
    return [track.fromX + (dot.x - track.fromX) * eased, track.fromY + (dot.y - track.fromY) * eased];
  }
}
