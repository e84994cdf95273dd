/** Root of this package's errors, besides the problems that an API answers with. Each is a fault of ours: a 500. */
export abstract class AppServicesError extends Error {
  abstract override readonly name: string;
}
