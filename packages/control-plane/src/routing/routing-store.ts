import { ControlPlaneError } from '../control-plane-error';

/** What a store is to hold from now on: texts by tenant; undefined takes an entry away. */
export type RoutingChange = ReadonlyMap<string, string | undefined>;

/** Where the function at the edge looks tenants up. */
export interface RoutingStore {
  /** Names the store's content: another one after each change. */
  version(): Promise<string>;
  /** @returns undefined when there is no entry */
  read(tenantId: string): Promise<string | undefined>;
  /** Every entry. */
  all(): Promise<ReadonlyMap<string, string>>;
  /**
   * All of the change or none, of `MOST_CHANGES` entries at most.
   * @throws RoutingStoreChangedError when the version is no longer the store's
   */
  change(changes: RoutingChange, version: string): Promise<void>;
}

/** CloudFront's limit for one call. */
export const MOST_CHANGES = 50;

/** Somebody changed the store since its version was read: nothing was changed. */
export class RoutingStoreChangedError extends ControlPlaneError {
  readonly name = 'RoutingStoreChangedError';

  constructor() {
    super('the routing store has been changed since its version was read; read again');
  }
}
