/** The files of a build, wherever they are. */
export interface SiteFiles {
  /** What a message calls them. */
  readonly name: string;
  /**
   * @param path without a slash in front; it may hold anything
   * @returns undefined for what is no file of the build
   */
  read(path: string): Promise<Uint8Array | undefined>;
}
