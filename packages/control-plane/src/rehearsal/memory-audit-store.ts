import type { AuditPage, AuditSearch, AuditStore } from '../audit/audit-store';
import { type Head, type Link, START } from '../audit/chain';
import { placeText } from '../audit/link-item';

const placeOf = ({ chain, sequence, entry }: Link) =>
  placeText({ at: new Date(entry.at).toISOString(), chain, sequence });

/** The audit log in memory, for tests. `links` is open to whoever wants to tamper with it. */
export class MemoryAuditStore implements AuditStore {
  links: Link[] = [];

  async head(chain: string): Promise<Head> {
    const last = this.of(chain).at(-1);
    return last ? { sequence: last.sequence, hash: last.hash } : START;
  }

  async append(link: Link): Promise<'appended' | 'taken' | 'known'> {
    if (this.links.some(({ entry }) => entry.entryId === link.entry.entryId)) return 'known';
    if (this.of(link.chain).some(({ sequence }) => sequence === link.sequence)) return 'taken';
    this.links.push(structuredClone(link));
    return 'appended';
  }

  async *walk(chain: string, after: number): AsyncIterable<unknown> {
    yield* this.of(chain).filter(({ sequence }) => sequence > after);
  }

  async at(chain: string, sequence: number): Promise<Link | undefined> {
    return this.of(chain).find((link) => link.sequence === sequence);
  }

  async search({ chain, from, to, after, limit }: AuditSearch): Promise<AuditPage> {
    const found = this.links
      .filter((link) => chain === undefined || link.chain === chain)
      .filter((link) => placeOf(link) >= from && placeOf(link) < to)
      .filter((link) => after === undefined || placeOf(link) < placeText(after))
      .sort((one, other) => (placeOf(one) > placeOf(other) ? -1 : 1));
    return { links: found.slice(0, limit), more: found.length > limit };
  }

  async chains(): Promise<readonly string[]> {
    return [...new Set(this.links.map(({ chain }) => chain))].sort();
  }

  private of(chain: string): Link[] {
    return this.links
      .filter((link) => link.chain === chain)
      .sort((one, other) => one.sequence - other.sequence);
  }
}
