import { dotAt, stateCounts, wavePicture } from './wave-picture';

type State = 'waiting' | 'deploying' | 'deployed' | 'failed' | 'rolled-back';

const wave = (name: string, count: number, state: (index: number) => State, size = count) => ({
  name,
  size,
  deployments: Array.from({ length: count }, (_, index) => ({
    deploymentId: `${name}-${index}`,
    state: state(index),
  })),
});

test('a deployment moves from lane to lane along one line', () => {
  const at = (state: State) => wavePicture([wave('canary', 3, () => state)], 800).dots[1];
  const [waiting, deploying, deployed, back] = [
    at('waiting'),
    at('deploying'),
    at('deployed'),
    at('rolled-back'),
  ];
  expect(waiting?.y).toBe(deployed?.y);
  expect([waiting?.x, deploying?.x, deployed?.x, back?.x]).toEqual(
    [waiting?.x, deploying?.x, deployed?.x, back?.x].sort((left, right) => Number(left) - Number(right)),
  );
});

test.each([1200, 800, 330])('a thousand deployments of a wave lie apart and inside %d pixels', (width) => {
  const picture = wavePicture(
    [wave('first', 7, () => 'deployed'), wave('everyone', 1000, () => 'waiting')],
    width,
  );
  const places = new Set(picture.dots.map(({ x, y }) => `${x} ${y}`));
  expect(places.size).toBe(1007);
  expect(
    picture.dots.every(({ x, y, size }) => x >= 0 && x + size <= width && y + size <= picture.height),
  ).toBe(true);
  expect(picture.height).toBeLessThan(500);
});

test('the bands of waves do not overlap, and a large wave says how many have no name', () => {
  const { bands } = wavePicture([wave('a', 10, () => 'waiting'), wave('b', 500, () => 'waiting', 900)], 600);
  expect(bands[1]?.y).toBeGreaterThanOrEqual((bands[0]?.y ?? 0) + (bands[0]?.height ?? 0));
  expect(bands.map(({ unnamed }) => unnamed)).toEqual([0, 400]);
});

test('a point finds the deployment under it', () => {
  const { dots } = wavePicture([wave('a', 20, () => 'failed')], 600);
  const dot = dots[11];
  expect(dotAt(dots, (dot?.x ?? 0) + 1, (dot?.y ?? 0) + 1)?.deploymentId).toBe('a-11');
  expect(dotAt(dots, 0, 0)).toBeUndefined();
});

test('a wave is told in numbers, its front first', () => {
  const states: State[] = ['deployed', 'failed', 'waiting', 'deployed'];
  expect(stateCounts(wave('a', 4, (index) => states[index] ?? 'waiting'))).toEqual([
    ['waiting', 1],
    ['deployed', 2],
    ['failed', 1],
  ]);
});
