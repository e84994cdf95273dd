import type { Head, Link } from './chain';

/** Which entries: of one tenant or of all, in a stretch of time. */
export interface AuditSearch {
  /** @default every chain */
  readonly chain?: string;
  /** ISO 8601, UTC, inclusive. */
  readonly from: string;
  /** ISO 8601, UTC, exclusive. */
  readonly to: string;
  /** The place that the page follows. @default the newest */
  readonly after?: AuditPlace;
  readonly limit: number;
}

/** A place in the order of time: newest first. */
export interface AuditPlace {
  /** When it happened, ISO 8601, UTC. */
  readonly at: string;
  readonly chain: string;
  readonly sequence: number;
}

export interface AuditPage {
  readonly links: readonly Link[];
  readonly more: boolean;
}

/** The audit log as it is read. */
export interface AuditReader {
  /** The end of a chain, consistently. */
  head(chain: string): Promise<Head>;
  /** What is stored of a chain behind a sequence number, in order, consistently. Nothing is checked. */
  walk(chain: string, after: number): AsyncIterable<unknown>;
  /** The link at a place, if there is one. */
  at(chain: string, sequence: number): Promise<Link | undefined>;
  /** Newest first; may lag behind writes. */
  search(search: AuditSearch): Promise<AuditPage>;
  /** Every chain that has an entry. */
  chains(): Promise<readonly string[]>;
}

/** The audit log as its one writer has it. */
export interface AuditStore extends AuditReader {
  /**
   * Puts a link where none is, for an entry that the log does not hold yet.
   * `taken`: another link is there, read the head again; `known`: the log holds the entry.
   */
  append(link: Link): Promise<'appended' | 'taken' | 'known'>;
}
