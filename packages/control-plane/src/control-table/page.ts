import { InvalidRequestProblem, type Page, type PageQuery } from '@granary/api';
import type { ControlTable, Item } from './control-table';

/** A list of the table, and what it takes to name a position in it. */
export interface Listing<Entry> {
  /** Partition of the index. */
  readonly list: string;
  /** The places that an item of it can have. */
  readonly places: RegExp;
  /** The index key of the item at a place. */
  readonly locate: (place: string) => Item;
  readonly decode: (item: Item) => Entry;
  /** @default false: by place, ascending */
  readonly descending?: boolean;
  /** Only places that begin with it. @default all */
  readonly prefix?: string;
}

/**
 * One page of a listing, and the token of the next. A page of what `wanted` lets through may be short: a few pages are
 * read for it, not the whole list.
 *
 * @throws InvalidRequestProblem when the token is none that this listing gave
 */
export async function readPage<Entry>(
  table: ControlTable,
  listing: Listing<Entry>,
  { limit, nextToken }: PageQuery,
  wanted: (entry: Entry) => boolean = () => true,
): Promise<Page<Entry>> {
  const { list, prefix, descending = false } = listing;
  const found: Entry[] = [];
  let place = nextToken === undefined ? undefined : placeOf(nextToken, listing);
  for (let read = 0; read < MAXIMUM_READS; read += 1) {
    const { items, more } = await table.list({
      // Never more than there is room for: the next page begins behind the last item that was read.
      ...{ list, descending, limit: limit - found.length },
      ...(prefix === undefined ? {} : { prefix }),
      ...(place === undefined ? {} : { after: listing.locate(place) }),
    });
    found.push(...items.map((item) => listing.decode(item)).filter(wanted));
    const last = items.at(-1);
    if (!more || !last) return { items: found };
    place = String(last.listSk);
    if (found.length >= limit) break;
  }
  return { items: found, ...(place === undefined ? {} : { nextToken: pageToken(listing, place) }) };
}

/** Reads of the table for one page. */
const MAXIMUM_READS = 10;

/** Names the list too, so that a token of another list is refused rather than misread. */
function pageToken({ list }: Listing<unknown>, place: string): string {
  return Buffer.from(`${list}\n${place}`).toString('base64url');
}

function placeOf(token: string, listing: Listing<unknown>): string {
  const [list, place, ...rest] = Buffer.from(token, 'base64url').toString('utf8').split('\n');
  const valid =
    list === listing.list &&
    place !== undefined &&
    rest.length === 0 &&
    place.startsWith(listing.prefix ?? '') &&
    listing.places.test(place);
  // Decoding skips what is not base64url: only the one spelling that was given counts.
  if (valid && pageToken(listing, place) === token) return place;
  throw new InvalidRequestProblem([
    { in: 'query', pointer: 'nextToken', message: 'must be the nextToken of the last answer of this list' },
  ]);
}
