/** What hosts the pages refuses something: the message says what to change. */
export class HostingError extends Error {
  override readonly name = 'HostingError';
}
