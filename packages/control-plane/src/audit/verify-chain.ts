import { type Head, type Link, linkHash, linkSchema, START } from './chain';

/** What is wrong at a place of a chain. */
export type ChainFault =
  /** The entry, its place or its hash was changed. */
  | 'changed'
  /** There is no entry of this number. */
  | 'missing'
  /** It does not follow the entry before it: something was put in, taken out or moved. */
  | 'unlinked'
  /** The hash is not the one that was anchored. */
  | 'not-as-anchored';

export interface Break {
  readonly sequence: number;
  readonly fault: ChainFault;
}

export interface ChainVerdict {
  /** The last entry up to which all is well. */
  readonly head: Head;
  /** Anchors that were met and hold. */
  readonly anchors: number;
  /** The first place where the chain does not hold. @default none */
  readonly broken?: Break;
}

/** What a walk over a chain is given. */
export interface ChainWalk {
  readonly chain: string;
  /** What the store holds, by place: what stands there need not be a link. */
  readonly stored: AsyncIterable<unknown> | Iterable<unknown>;
  /** Heads that were kept elsewhere, by place. */
  readonly anchors: readonly Head[];
  /** The head that the walk begins behind, known to be good. @default the start */
  readonly from?: Head;
  /** Entries to look at, at most. @default all */
  readonly limit?: number;
}

const storedSchema = linkSchema.strict();

/** Walks a chain from a head on and tells the first place where it is not what was written. */
export async function verifyChain(walk: ChainWalk): Promise<ChainVerdict> {
  const { chain, stored, from = START, limit = Number.POSITIVE_INFINITY } = walk;
  const anchors = walk.anchors.filter(({ sequence }) => sequence > from.sequence);
  let head = from;
  let held = 0;
  const broken = (fault: ChainFault, sequence = head.sequence + 1): ChainVerdict => ({
    head,
    anchors: held,
    broken: { sequence, fault },
  });
  for await (const item of stored) {
    if (head.sequence - from.sequence >= limit) return { head, anchors: held };
    if (!storedSchema.safeParse(item).success) return broken('changed');
    // As it is stored, not as it was parsed: a field that no entry has would be left out of the hash.
    const link = item as Link;
    const fault = faultOf(link, head, chain);
    if (fault) return broken(fault);
    const here = anchors.filter(({ sequence }) => sequence === link.sequence);
    if (here.some(({ hash }) => hash !== link.hash)) return broken('not-as-anchored');
    held += here.length;
    head = { sequence: link.sequence, hash: link.hash };
  }
  const beyond = anchors.find(({ sequence }) => sequence > head.sequence);
  return beyond ? broken('missing') : { head, anchors: held };
}

function faultOf(link: Link, head: Head, chain: string): ChainFault | undefined {
  if (link.sequence > head.sequence + 1) return 'missing';
  if (link.sequence !== head.sequence + 1 || link.chain !== chain) return 'changed';
  if (link.previousHash !== head.hash) return 'unlinked';
  return link.hash === linkHash(link, link.previousHash) ? undefined : 'changed';
}
