import { createHash } from 'node:crypto';
import { type AuditEntry, auditEntrySchema } from '@granary/api';
import * as z from 'zod';
import { canonicalJson } from './canonical-json';

/** The chain of what concerns no single tenant. No tenant's id can be it. */
export const PLATFORM_CHAIN = '@platform';

/** What stands before the first link. */
export const GENESIS = '0'.repeat(64);

const hashSchema = z.string().regex(/^[0-9a-f]{64}$/);

/** One entry in its place: what was said, and the hash that ties it to all entries before it. */
export const linkSchema = z.object({
  chain: z.string(),
  /** From 1, without gaps. */
  sequence: z.number().int().min(1),
  /** When the log took it. */
  recordedAt: z.iso.datetime(),
  entry: auditEntrySchema,
  previousHash: hashSchema,
  hash: hashSchema,
});
export type Link = z.output<typeof linkSchema>;

/** Where a chain ends. */
export type Head = Pick<Link, 'sequence' | 'hash'>;

export const START: Head = { sequence: 0, hash: GENESIS };

/** The chain that an entry belongs to. */
export function chainOf(tenantId: string | undefined): string {
  return tenantId ?? PLATFORM_CHAIN;
}

/** The link that puts an entry behind a head. */
export function linkBehind(head: Head, chain: string, entry: AuditEntry, recordedAt: string): Link {
  const content = { chain, sequence: head.sequence + 1, recordedAt, entry };
  return { ...content, previousHash: head.hash, hash: linkHash(content, head.hash) };
}

/** sha256 of the previous hash and the canonical JSON of the content. */
export function linkHash(
  { chain, sequence, recordedAt, entry }: Pick<Link, 'chain' | 'sequence' | 'recordedAt' | 'entry'>,
  previousHash: string,
): string {
  const content = canonicalJson({ chain, sequence, recordedAt, entry });
  return createHash('sha256').update(previousHash).update(content).digest('hex');
}
