import type { CloudEndpoint } from '@granary/local';

/** What acts as the root of the local cloud's accounts. */
export type OperatorAccess = Pick<CloudEndpoint, 'endpoint' | 'clientConfig'>;

/** An account's region, and a stack there. */
export interface StackPlace {
  readonly account: string;
  readonly region: string;
  readonly stackName: string;
}
