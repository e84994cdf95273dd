import { WaveMotion } from './wave-motion';
import type { Dot } from './wave-picture';

const dot = (key: string, x: number): Dot => ({
  key,
  deploymentId: key,
  wave: 'canary',
  state: 'deployed',
  x,
  y: 5,
  size: 4,
});

function places(motion: WaveMotion, now: number): number[] {
  const found: number[] = [];
  motion.forEach(now, (_, x) => found.push(x));
  return found;
}

test('a deployment sets out from where it was and arrives where it belongs', () => {
  const motion = new WaveMotion();
  motion.show([dot('a', 0)], 0);
  expect(motion.isMoving(0)).toBe(false);
  motion.show([dot('a', 100)], 1000);
  expect(places(motion, 1000)).toEqual([0]);
  expect(motion.isMoving(1000)).toBe(true);
  const [between] = places(motion, 1400);
  expect(between).toBeGreaterThan(0);
  expect(between).toBeLessThan(100);
  expect(places(motion, 3000)).toEqual([100]);
  expect(motion.isMoving(3000)).toBe(false);
});

test('a change on the way turns it round from where it is', () => {
  const motion = new WaveMotion();
  motion.show([dot('a', 0)], 0);
  motion.show([dot('a', 100)], 1000);
  const [before] = places(motion, 1400);
  motion.show([dot('a', 0)], 1400);
  expect(places(motion, 1400)).toEqual([before]);
});

test('a deployment that is new is in place at once, and nothing moves for who wants no motion', () => {
  const motion = new WaveMotion(true);
  motion.show([dot('a', 0)], 0);
  motion.show([dot('a', 100), dot('b', 50)], 10);
  expect(places(motion, 10)).toEqual([100, 50]);
  expect(motion.isMoving(10)).toBe(false);
});
