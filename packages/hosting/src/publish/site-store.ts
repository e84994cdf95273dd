/** A file of a site, as it is kept. */
export interface StoredFile {
  /** Without a slash in front. */
  readonly path: string;
  readonly changedAt: Date;
}

/** How a file is to be answered. */
export interface FileHeaders {
  readonly contentType: string;
  readonly cacheControl: string;
}

/** Where a site's files are. */
export interface SiteStore {
  put(path: string, content: Uint8Array, headers: FileHeaders): Promise<void>;
  list(): Promise<readonly StoredFile[]>;
  remove(paths: readonly string[]): Promise<void>;
}
