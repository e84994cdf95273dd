import type { SiloTenantChange, SiloTenantInput } from '@granary/manifest';

/** How a change gets to the release branch: at once, or when people merge it. */
export const CHANGE_WAYS = ['commit', 'pull-request'] as const;
export type ChangeWay = (typeof CHANGE_WAYS)[number];

/** A change of the manifest that was made or proposed. */
export interface SourceChange {
  readonly kind: ChangeWay;
  /** A commit's id, or a pull request's number. */
  readonly id: string;
  /** Where people look at it. */
  readonly url: string;
}

export type SourceChangeState =
  /** Waits for people. */
  | { readonly status: 'open' }
  /** On the release branch. */
  | { readonly status: 'merged'; readonly commit: string }
  /** Turned down. */
  | { readonly status: 'closed' };

/** What every change says. */
export interface ChangeRequest {
  /** Names the change: sent twice, it makes one commit or pull request. 1 to 80 letters, digits, `-`, `_`. */
  readonly operationId: string;
  readonly way: ChangeWay;
}

export interface TenantRequest extends ChangeRequest {
  readonly tenantId: string;
}

export interface AddTenantRequest extends ChangeRequest {
  readonly tenant: SiloTenantInput;
}

export interface ChangeTenantRequest extends TenantRequest {
  readonly fields: SiloTenantChange;
}

/**
 * The repository that holds `tenants.json`. What the file says already is no change: then the answer names the
 * commit that made it so, or the branch's head.
 *
 * Every method throws SourceError; its `transient` says whether another try may succeed.
 */
export interface SourceProvider {
  addTenant(request: AddTenantRequest): Promise<SourceChange>;
  changeTenant(request: ChangeTenantRequest): Promise<SourceChange>;
  /** Takes the tenant out of releases; its entry stays as the record of what was there. */
  offboardTenant(request: TenantRequest): Promise<SourceChange>;
  /** Takes the entry out; fine when it is not there. */
  removeTenant(request: TenantRequest): Promise<SourceChange>;
  state(change: SourceChange): Promise<SourceChangeState>;
}
