import * as fc from 'fast-check';
import { entityTag, parseEntityTag } from './entity-tag';
import { InvalidRequestProblem, VersionRequiredProblem } from './problem';

test('a tag that was made is read back', () =>
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 999_999_999_999_999 }), (version) => {
      expect(parseEntityTag(entityTag(version))).toBe(version);
    }),
  ));

test.each([undefined, ''])('a missing header (%p) asks for one', (header) => {
  expect(() => parseEntityTag(header)).toThrow(VersionRequiredProblem);
});

test.each(['*', 'W/"3"', '3', '"3", "4"', '"-1"', '"x"'])(
  'the header %p is refused with its value',
  (header) => {
    expect(() => parseEntityTag(header)).toThrow(InvalidRequestProblem);
    expect(() => parseEntityTag(header)).toThrow(header);
  },
);
