import { ROLES } from '@granary/api';
import * as z from 'zod';

/** What is being done to a user: the directory says it first, then the user pool does it, then the row is settled. */
const workSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('create') }),
  z.object({ kind: z.literal('role'), role: z.enum(ROLES) }),
  z.object({ kind: z.literal('enable') }),
  z.object({ kind: z.literal('disable') }),
  z.object({ kind: z.literal('delete') }),
]);
export type UserWork = z.output<typeof workSchema>;

/** A user as the directory has it. */
export const userRowSchema = z.object({
  /** The e-mail address, in lower case. */
  userName: z.string(),
  /** The user pool's own id; known once the user is made. */
  userId: z.string().optional(),
  role: z.enum(ROLES),
  enabled: z.boolean(),
  /** Whether the realm's counter of enabled administrators holds it. */
  counted: z.boolean(),
  createdAt: z.string(),
  updatedAt: z.string(),
  version: z.number().int().min(1),
  /** @default one of the realm's own people */
  support: z.object({ until: z.string(), reason: z.string() }).optional(),
  /** Nobody else touches the user before `until`, milliseconds since the epoch. @default nothing is being done */
  pending: z.object({ work: workSchema, until: z.number() }).optional(),
});
export type UserRow = z.output<typeof userRowSchema>;

/** The last enabled administrator would be gone. */
export class LastAdminRefusal extends Error {}

/** Somebody wrote in between. */
export class RowChangedRefusal extends Error {}

/** One change of the directory, all or nothing. */
export interface RowChange {
  /** What the row becomes, undefined to delete it. */
  readonly row: UserRow | undefined;
  readonly userName: string;
  /** The version that must be there, undefined for none. */
  readonly expect: number | undefined;
  /** By how much the counter of enabled administrators changes; it never falls below one. */
  readonly admins: -1 | 0 | 1;
  /** A user whose tokens from before are refused from now on. @default none */
  readonly ended?: { readonly userId: string; readonly at: Date } | undefined;
}

/** The directory's rows of one realm: a tenant of a deployment, or the operators. */
export interface UserRows {
  /** Consistently. */
  get(userName: string): Promise<UserRow | undefined>;
  /** By name, from behind `after`. */
  page(limit: number, after?: string): Promise<{ readonly rows: readonly UserRow[]; readonly more: boolean }>;
  /** @throws LastAdminRefusal, RowChangedRefusal */
  write(change: RowChange): Promise<void>;
  /** Forgets all users and their counter: the realm has left. Sessions that were ended stay so. */
  clear(): Promise<void>;
}
