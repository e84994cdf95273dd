import type * as z from 'zod';

/** Whatever a tenant owns a row of. */
export interface Entity {
  /** Starts at 1; every change adds 1. */
  readonly version: number;
}

/** How a kind of entity is named in keys. */
export interface KeyKind {
  /** First part of the sort key: `PRODUCT`. */
  readonly prefix: string;
  readonly idSchema: z.ZodType<string>;
}

/** How a kind of entity becomes rows. */
export interface EntityKind<E extends Entity> extends KeyKind {
  /**
   * Reads a row. It must let unknown attributes pass: during a canary, the release before this one reads what
   * this one writes.
   */
  readonly schema: z.ZodType<E>;
  readonly idOf: (entity: E) => string;
}

/** `PRODUCT#01J...` */
export function sortKey(kind: KeyKind, entityId: string): string {
  return `${kind.prefix}#${entityId}`;
}
