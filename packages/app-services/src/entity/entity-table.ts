import type { Page } from '@granary/api';
import { AppServicesError } from '../app-services-error';
import type { Entity } from './entity-kind';

/** The id of a new entity is taken: with ULIDs, a fault of the generator. */
export class EntityExistsError extends AppServicesError {
  readonly name = 'EntityExistsError';

  constructor(readonly sortKey: string) {
    super(`${sortKey} exists already; ask the id generator for a new id`);
  }
}

/** The entity is there, in another version than the caller named. */
export interface Stale {
  readonly kind: 'stale';
  /** The version that is stored. */
  readonly version: number;
}

export interface Missing {
  readonly kind: 'missing';
}

export type Change<E> = { readonly kind: 'changed'; readonly entity: E } | Stale | Missing;

export type Removal = { readonly kind: 'removed' } | Stale | Missing;

export interface ListOptions {
  /** Items of a page, 1 to 100. */
  readonly limit: number;
  /** Where the last page ended. @default the first page */
  readonly nextToken?: string | undefined;
}

/** One tenant's entities of one kind. */
export interface EntityTable<E extends Entity> {
  /** @throws EntityExistsError */
  create(entity: E): Promise<void>;
  find(id: string): Promise<E | undefined>;
  /** Those of `ids` that exist, by id. */
  findAll(ids: readonly string[]): Promise<ReadonlyMap<string, E>>;
  /**
   * A page: as many items as asked for, but for the last page, which alone has no `nextToken`. The order is
   * stable and means nothing to the caller.
   * @throws InvalidRequestProblem when `nextToken` is none that this table gave
   */
  list(options: ListOptions): Promise<Page<E>>;
  /** Sets `fields` and the next version, if the stored version is `version`. */
  change(id: string, version: number, fields: Partial<Omit<E, 'version'>>): Promise<Change<E>>;
  /** Removes the entity, if the stored version is `version`. */
  remove(id: string, version: number): Promise<Removal>;
}
