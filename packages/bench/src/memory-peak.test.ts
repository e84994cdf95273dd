import { describeProcesses, samplePeak } from './memory-peak';
import type { ProcessInfo } from './process-tree';

const MB = 2 ** 20;
const process = (name: string, memory: number): ProcessInfo => ({ pid: 1, parent: 0, name, memory });

test('the peak is the moment at which all processes together took the most', () => {
  jest.useFakeTimers();
  const samples = [[process('node', MB)], [process('node', MB), process('python', 3 * MB)], []];
  const stop = samplePeak(1, { interval: 10, read: () => samples.shift() ?? [] });
  jest.advanceTimersByTime(100);
  expect(stop()).toMatchObject({ memory: 4 * MB, processes: [{ name: 'node' }, { name: 'python' }] });
  expect(jest.getTimerCount()).toBe(0);
  jest.useRealTimers();
});

test('there is no peak of a process that was never seen', () => {
  expect(samplePeak(1, { read: () => [] })()).toBeUndefined();
});

test('processes of a name are added up, the largest come first', () => {
  const processes = [process('sh', MB), process('node', 2 * MB), process('node', 3 * MB)];
  expect(describeProcesses(processes)).toBe('node 5 MB (2), sh 1 MB (1)');
});
