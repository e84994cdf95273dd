/** The root of this package's errors: a release cannot be made from what it was given. */
export class ReleaseError extends Error {
  override readonly name: string = 'ReleaseError';
}
