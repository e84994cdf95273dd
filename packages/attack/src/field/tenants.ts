import type { Tenant } from '@granary/api';
import { AttackError } from '../attack-error';
import { bodyOf, send } from '../http';
import type { Deployed } from './deployed';

/**
 * Whom the attack signs up, in this order: a pool gets the first and the third, whose ids begin alike, the other
 * pool the second and the fourth.
 */
export const NEWCOMERS = ['acorn', 'birch', 'acorn-east', 'birch-b'] as const;

const WAIT_MS = 60_000;
const INTERVAL_MS = 200;

/** Asks until something is there. @throws AttackError after a minute */
export async function until<T>(what: string, probe: () => Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + WAIT_MS;
  for (;;) {
    const found = await probe();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new AttackError(`waited ${WAIT_MS / 1000} s in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, INTERVAL_MS));
  }
}

/** Signs a tenant up at the public API and waits until it is active; one of an earlier attack is found. */
export async function signUp(
  { apiUrl: baseUrl }: Deployed,
  operatorToken: string,
  tenantId: string,
  tier: string,
): Promise<Tenant> {
  const body = { tenantId, name: `Attacked ${tenantId}`, tier, adminEmail: `admin@${tenantId}.example.com` };
  const answer = await send({ method: 'POST', baseUrl, path: 'registrations', body });
  if (!answer.ok && answer.status !== 409)
    throw new AttackError(`"${tenantId}" cannot sign up: ${answer.text.slice(0, 500)}`);
  return until(`tenant "${tenantId}" to become active`, () => activeTenant(baseUrl, operatorToken, tenantId));
}

/** The tenant as an operator sees it, undefined while it is not active. */
export async function activeTenant(
  baseUrl: string,
  token: string,
  tenantId: string,
): Promise<Tenant | undefined> {
  const answer = await send({ method: 'GET', baseUrl, path: `tenants/${tenantId}`, token });
  const tenant = answer.ok ? (bodyOf(answer) as Tenant) : undefined;
  if (tenant?.status === 'failed') throw new AttackError(`the onboarding of "${tenantId}" failed`);
  return tenant?.status === 'active' ? tenant : undefined;
}
