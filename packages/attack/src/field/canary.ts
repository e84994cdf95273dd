import { randomBytes } from 'node:crypto';
import type { Canaries } from '../attempt';

const CANARY = /canary:([a-z0-9-]+):[0-9a-f]{16}/g;

/** A text that stands in a tenant's rows, says whose they are, and is known to nobody else. */
export function canaryOf(tenantId: string): string {
  return `canary:${tenantId}:${randomBytes(8).toString('hex')}`;
}

/** Finds the tenants' canaries. */
export const TENANT_CANARIES: Canaries = {
  ownersIn: (text) => [...new Set([...text.matchAll(CANARY)].map(([, tenantId]) => tenantId as string))],
};
