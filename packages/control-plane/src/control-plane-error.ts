/** Root of this package's errors, besides the problems that an API answers with. */
export abstract class ControlPlaneError extends Error {
  abstract override readonly name: string;
}
