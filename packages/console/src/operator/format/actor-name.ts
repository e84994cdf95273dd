import type { AuditActor } from '@granary/api';

/** Who did something, in a word. @param anonymous for who did not say */
export function actorName(actor: AuditActor, anonymous: string): string {
  if (actor.kind === 'anonymous') return anonymous;
  return actor.kind === 'platform' ? actor.name : actor.userName;
}
