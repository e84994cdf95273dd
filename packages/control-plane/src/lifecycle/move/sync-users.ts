import { createHash } from 'node:crypto';
import type { TenantRole } from '@granary/api';
import type { ManagedUsers } from '@granary/auth';
import type { TenantUser, TenantUsers } from '../../deployment-access/deployment-access';
import { usersAt } from '../../tenant-user/tenant-people';
import { PermanentStepError } from '../../workflow/step-error';
import type { StepOutcome } from '../../workflow/workflow';
import { portOf } from '../../workflow/workflow-ports';
import type { MoveContext, MoveEnd } from './move-input';

/** Users that one call enters at most: two walks of the pools besides have to fit into its minute. */
const AT_ONCE = 50;

export interface UserSync {
  /** Names the pass among those of the operation. */
  readonly pass: string;
  readonly from: MoveEnd;
  readonly to: MoveEnd;
  /** Whether who is new at the other end is told at once. */
  readonly newcomers: 'silent' | 'invited';
}

/**
 * Makes the tenant's users at one end those of the other, with their roles, by a part of them each time. Passwords
 * stay where they are: nobody can read them. Who is there already keeps the one that it has. Support users are left.
 * Administrators come and rise before any falls or goes, so that the last one is never the one to go.
 * @returns an outcome that asks to be taken again until all are done
 * @throws PermanentStepError `email-taken` when an address belongs to another tenant's user there
 */
export async function syncUsers(context: MoveContext, sync: UserSync): Promise<StepOutcome> {
  const { tenantId } = context.tenant;
  const target = await context.deployment(sync.to.deploymentId);
  const { users } = context.open(target);
  const open = portOf(context.ports, 'users');
  const listed = usersAt(target, { tenantId, tier: sync.to.tier }, { open, now: () => new Date(context.at) });
  const wanted = await ownPeople(context, sync.from);
  const passes = (context.operation.facts.users ?? {}) as Readonly<Record<string, string>>;
  const there = new Set((await ownPeople(context, sync.to)).map(({ email }) => email));
  // Behind where the last call stopped, and who came meanwhile.
  const left = wanted.filter(
    (person) => placeOf(person) > (passes[sync.pass] ?? '') || !there.has(person.email),
  );
  const part = left.slice(0, AT_ONCE);
  for (const person of part) {
    await enter(person, context, sync, users);
    await raise(person, listed);
  }
  const last = part.at(-1);
  const facts = last ? { users: { ...passes, [sync.pass]: placeOf(last) } } : {};
  if (left.length > part.length) return { facts, again: 0 };
  for (const person of wanted) {
    await settle(person, listed);
    there.delete(person.email);
  }
  for (const email of there) await listed.remove(email);
  return { facts };
}

/** A tenant's users at one end but for support users, by the digests of their addresses: the record holds no address. */
export async function ownPeople(
  context: MoveContext,
  { deploymentId }: MoveEnd,
): Promise<readonly TenantUser[]> {
  const { users } = context.open(await context.deployment(deploymentId));
  const people = (await users.of(context.tenant.tenantId)).filter(({ support }) => !support);
  return people.sort((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1));
}

/** Where a user stands in a pass. */
export function placeOf({ email }: Pick<TenantUser, 'email'>): string {
  return createHash('sha256').update(email).digest('hex').slice(0, 24);
}

async function enter(
  person: TenantUser,
  { tenant: { tenantId } }: MoveContext,
  { to, newcomers }: UserSync,
  users: TenantUsers,
): Promise<void> {
  const entered = await users.enter({ ...person, tenantId, tier: to.tier }, newcomers);
  if (entered === 'exists' && (await users.tenantOf(person.email)) !== tenantId)
    throw new PermanentStepError('email-taken');
}

/** Enters the user in the directory, which lists and counts, and gives what makes an administrator count. */
async function raise({ email, role, enabled }: TenantUser, listed: ManagedUsers): Promise<void> {
  const row = await listed.get(email);
  if (enabled && !row.enabled) await listed.enable(email);
  if (role === 'TenantAdmin') await giveRole(email, role, listed);
}

async function settle({ email, role, enabled }: TenantUser, listed: ManagedUsers): Promise<void> {
  await giveRole(email, role as TenantRole, listed);
  if (!enabled) await listed.disable(email);
}

async function giveRole(email: string, role: TenantRole, listed: ManagedUsers): Promise<void> {
  const row = await listed.get(email);
  if (row.role !== role) await listed.setRole(email, role, row.version);
}
