import { createHash } from 'node:crypto';

/** Knuth's multiplier of the 64-bit generator that the paper's code steps with. */
const STEP = 2862933555777941757n;

/**
 * The shards that an entity may live on, the one of today first: Lamping and Veach's jump consistent hash
 * (arXiv:1406.2294) over sha256 of the id, which passes through the shard of every smaller count on its way.
 * So a tier may get more shards: a row written under fewer is found on one of the few later entries
 * (`ln(shards)` of them, on average), and every one of them is among the shards that a list walks.
 * @param shards how many shards the tier has; at least 1
 */
export function shardHomes(entityId: string, shards: number): readonly [number, ...number[]] {
  let state = createHash('sha256').update(entityId).digest().readBigUInt64BE(0);
  const homes: [number, ...number[]] = [0];
  for (;;) {
    state = BigInt.asUintN(64, state * STEP + 1n);
    const next = Math.floor((homes[0] + 1) * (2 ** 31 / (Number(state >> 33n) + 1)));
    if (next >= shards) return homes;
    homes.unshift(next);
  }
}

/** The shard that an entity is written to. */
export function shardOf(entityId: string, shards: number): number {
  return shardHomes(entityId, shards)[0];
}
