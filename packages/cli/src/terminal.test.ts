import { openTerminal, visibleLength } from './terminal';

function streams(isTTY: boolean, environment: Record<string, string> = {}) {
  const written: string[] = [];
  const stdout = { isTTY, columns: 20, write: (text: string) => written.push(text) };
  return { written, terminal: openTerminal({ stdout, stderr: stdout, environment }) };
}

test.each([
  ['a person at the terminal', true, {}, true],
  ['a person who wants none', true, { NO_COLOR: '1' }, false],
  ['a pipe', false, {}, false],
  ['a terminal that knows none', true, { TERM: 'dumb' }, false],
])('colours for %s', (_, isTTY, environment, coloured) => {
  const { terminal } = streams(isTTY, environment);
  expect(terminal.palette.green('x') !== 'x').toBe(coloured);
});

test('a line goes above the one that is redrawn', () => {
  const { terminal, written } = streams(true);
  terminal.live('busy');
  terminal.line('done');
  expect(written.join('')).toBe('\r\x1b[2Kbusy\r\x1b[2Kdone\nbusy');
});

test('the redrawn line never wraps', () => {
  const { terminal, written } = streams(true);
  terminal.live('x'.repeat(100));
  expect(visibleLength((written.at(-1) ?? '').replace('\r\x1b[2K', ''))).toBeLessThan(20);
});

test('a pipe gets no redrawn line', () => {
  const { terminal, written } = streams(false);
  terminal.live('busy');
  terminal.line('done');
  expect(written).toEqual(['done\n']);
});
