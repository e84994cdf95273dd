import { InvalidRequestProblem, VersionRequiredProblem } from './problem';

/** A record's version as a strong entity tag: 3 gives `"3"`. */
export function entityTag(version: number): string {
  return `"${version}"`;
}

/**
 * The version that an `If-Match` header names.
 * @throws VersionRequiredProblem when the header is missing
 * @throws InvalidRequestProblem when it is no tag that `entityTag` makes
 */
export function parseEntityTag(header: string | undefined): number {
  if (header === undefined || header === '')
    throw new VersionRequiredProblem('send the ETag that you read in an If-Match header');
  const version = /^"(\d{1,15})"$/.exec(header)?.[1];
  if (version === undefined)
    throw new InvalidRequestProblem([
      {
        in: 'header',
        pointer: 'If-Match',
        message: `must be one ETag such as "3", not ${header.slice(0, 40)}`,
      },
    ]);
  return Number(version);
}
