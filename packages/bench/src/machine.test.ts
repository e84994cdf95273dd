import { busyNote } from './machine';

test.each([
  [0.2, 2, undefined],
  [1.5, 2, expect.stringContaining('load 1.5 on 2 cores')],
  [1.5, 16, undefined],
])('load %d on %d cores: %j', (load, cores, note) => {
  expect(busyNote(load, cores)).toEqual(note);
});
