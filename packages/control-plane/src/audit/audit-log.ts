import {
  type AuditLine,
  type AuditQuery,
  type AuditVerification,
  type AuditVerificationQuery,
  type auditActorSchema,
  InvalidRequestProblem,
  type Page,
  tenantIdSchema,
} from '@granary/api';
import * as z from 'zod';
import type { Anchors } from './anchors';
import type { AuditPlace, AuditReader } from './audit-store';
import { chainOf, type Link, PLATFORM_CHAIN, START } from './chain';
import { verifyChain } from './verify-chain';

const DAY_MILLISECONDS = 24 * 3600 * 1000;
/** Where no time is given. */
const DEFAULT_DAYS = 7;
/** Over all tenants the log is read a day at a time. */
const MAX_DAYS_OF_ALL = 31;
/** Pages that one request looks through for lines that match: then it answers what it has, and where to go on. */
const MAX_PAGES = 10;
const PAGE = 100;
/** Lines that one request walks, well within the gateway's 29 seconds. */
const MAX_VERIFIED = 20_000;

export interface AuditLogDependencies {
  readonly store: AuditReader;
  readonly anchors: Anchors;
  readonly now: () => Date;
  /** Lines that one verification walks. @default 20,000 */
  readonly maxVerified?: number;
}

/**
 * A page of lines, the newest first. It may hold fewer than asked for, or none, and still have a next one.
 * @throws InvalidRequestProblem for a stretch of time that is none, or too long to be read of all tenants
 */
export async function listLines(
  query: AuditQuery,
  { store, now }: AuditLogDependencies,
): Promise<Page<AuditLine>> {
  const to = query.to ?? new Date(now().getTime() + 1).toISOString();
  const from = query.from ?? new Date(Date.parse(to) - DEFAULT_DAYS * DAY_MILLISECONDS).toISOString();
  checkStretch(from, to, query.tenantId);
  const lines: AuditLine[] = [];
  let after = query.nextToken === undefined ? undefined : placeOf(query.nextToken, query.tenantId);
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const { links, more } = await store.search({
      ...(query.tenantId ? { chain: query.tenantId } : {}),
      from,
      to,
      ...(after ? { after } : {}),
      limit: PAGE,
    });
    for (const link of links) {
      if (matches(link, query)) lines.push(lineOf(link));
      after = { at: new Date(link.entry.at).toISOString(), chain: link.chain, sequence: link.sequence };
      if (lines.length === query.limit) return { items: lines, nextToken: tokenOf(after) };
    }
    if (!more) return { items: lines };
  }
  return { items: lines, ...(after ? { nextToken: tokenOf(after) } : {}) };
}

/** Walks a chain and says the first place that does not hold. */
export async function verifyLog(
  { tenantId, after }: AuditVerificationQuery,
  { store, anchors, maxVerified = MAX_VERIFIED }: AuditLogDependencies,
): Promise<AuditVerification> {
  const chain = chainOf(tenantId);
  const from = after === 0 ? START : await store.at(chain, after);
  if (!from)
    throw new InvalidRequestProblem([
      { in: 'query', pointer: 'after', message: `must be the sequence of a line; the chain has no ${after}` },
    ]);
  const verdict = await verifyChain({
    chain,
    stored: store.walk(chain, after),
    anchors: await anchors.list(chain),
    from: { sequence: from.sequence, hash: from.hash },
    limit: maxVerified,
  });
  const finished = verdict.head.sequence - after < maxVerified;
  return {
    ...(tenantId ? { tenantId } : {}),
    verdict: verdict.broken ? 'broken' : finished ? 'intact' : 'unfinished',
    head: verdict.head,
    anchors: verdict.anchors,
    ...(verdict.broken ? { broken: verdict.broken } : {}),
  };
}

function lineOf({ entry, sequence, recordedAt, hash }: Link): AuditLine {
  return { ...entry, sequence, recordedAt, hash };
}

function matches({ entry }: Link, { actor, action }: AuditQuery): boolean {
  return (
    (action === undefined || entry.action === action) &&
    (actor === undefined || nameOf(entry.actor) === actor)
  );
}

function nameOf(actor: z.output<typeof auditActorSchema>): string {
  switch (actor.kind) {
    case 'operator':
    case 'tenant':
      return actor.userName;
    case 'platform':
      return actor.name;
    case 'anonymous':
      return 'anonymous';
  }
}

function checkStretch(from: string, to: string, tenantId: string | undefined): void {
  if (from >= to)
    throw new InvalidRequestProblem([{ in: 'query', pointer: 'from', message: `must be before ${to}` }]);
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MILLISECONDS;
  if (tenantId === undefined && days > MAX_DAYS_OF_ALL)
    throw new InvalidRequestProblem([
      {
        in: 'query',
        pointer: 'from',
        message: `must be at most ${MAX_DAYS_OF_ALL} days before \`to\`, or name a tenantId`,
      },
    ]);
}

const placeSchema = z.strictObject({
  at: z.iso.datetime(),
  chain: z.union([tenantIdSchema, z.literal(PLATFORM_CHAIN)]),
  sequence: z.number().int().min(1).max(999_999_999_999),
});

function tokenOf(place: AuditPlace): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

function placeOf(token: string, tenantId: string | undefined): AuditPlace {
  try {
    const place = placeSchema.parse(JSON.parse(Buffer.from(token, 'base64url').toString('utf8')));
    if (tenantId === undefined || place.chain === tenantId) return place;
  } catch {
    // Told below, whatever is wrong with it.
  }
  throw new InvalidRequestProblem([
    { in: 'query', pointer: 'nextToken', message: 'must be the nextToken of the last answer of this search' },
  ]);
}
