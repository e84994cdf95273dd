import fc from 'fast-check';
import { readPlainJson } from './plain-json';
import { parseSyntax } from './syntax';
import { nameProblems, plainValue } from './tree';

const values = fc.jsonValue({ maxDepth: 5 });

test('what JSON.stringify writes is read as it is, if no deeper than the limit', () => {
  fc.assert(
    fc.property(values, fc.constantFrom(undefined, 2, '\t'), (value, indent) => {
      const text = JSON.stringify(value, undefined, indent);
      // As a name: as a value it is a text like any other.
      const expected = /"__proto__"\s*:/.test(text) ? undefined : { value: JSON.parse(text) };
      expect(readPlainJson(text, 16)).toEqual(expected);
    }),
  );
});

test('whatever it reads, the tree says so too, without a problem', () => {
  const fragments = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"a"',
    '"b"',
    '"',
    '\\',
    '1',
    ' ',
    '//',
    'null',
  );
  fc.assert(
    fc.property(fc.array(fragments, { maxLength: 12 }), (parts) => {
      const read = readPlainJson(parts.join(''), 16);
      if (!read) return;
      const { root, problems } = parseSyntax(parts.join(''));
      expect(problems).toEqual([]);
      expect(root && [...nameProblems(root)]).toEqual([]);
      expect(root && plainValue(root)).toEqual(read.value);
    }),
    { numRuns: 2000 },
  );
});

test.each([
  ['a name twice', '{"a": 1, "a": 1}'],
  ['a name twice, once with an escape', '{"a": 1, "\\u0061": 1}'],
  ['a name twice, far down', '{"a": [{"b": {"c": 1, "c": 2}}]}'],
  ['the prototype', '{"__proto__": {}}'],
  ['a comment', '{"a": 1} // b'],
  ['brackets too deep', '[[[[[1]]]]]'],
  ['nothing', ''],
])('%s is not plain', (_, text) => {
  expect(readPlainJson(text, 4)).toBeUndefined();
});

test('brackets, colons and quotes within text count for nothing', () => {
  expect(readPlainJson('{"a:[[[[[": "\\"{{{{{:\\\\"}', 1)).toEqual({ value: { 'a:[[[[[': '"{{{{{:\\' } });
});
